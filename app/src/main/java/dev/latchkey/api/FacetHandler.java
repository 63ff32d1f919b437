package dev.latchkey.api;

import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.library.Facets;
import io.javalin.http.Context;

/** What a page offers to narrow a list by. */
public final class FacetHandler {
    private static final int MAX_TAG = 64;

    record TagView(String tag, long count) {
        static TagView of(Facets.Tag tag) {
            return new TagView(tag.tag(), tag.count());
        }
    }

    record UploaderCountView(long id, String displayName, long count) {
        static UploaderCountView of(Facets.Uploader uploader) {
            return new UploaderCountView(
                    uploader.person().id(), uploader.person().displayName(), uploader.count());
        }
    }

    private final Facets facets;

    public FacetHandler(Facets facets) {
        this.facets = facets;
    }

    public void tags(Context ctx) {
        String text = Requests.querySearch(ctx, "q", MAX_TAG).orElse("");
        ctx.json(new ItemList<>(
                facets.tags(text, Requests.limit(ctx)).stream().map(TagView::of).toList(), null));
    }

    public void uploaders(Context ctx) {
        ctx.json(new ItemList<>(
                facets.uploaders().stream().map(UploaderCountView::of).toList(), null));
    }
}
