package dev.latchkey.library;

import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;
import java.util.List;

/** What a list can be narrowed by: the tags and the people that are there, and how many media each has. */
public final class Facets {
    /** A tag as it was written last, and how many media have it. */
    public record Tag(String tag, long count) {}

    /** Somebody who uploaded, and how many media that is. */
    public record Uploader(Person person, long count) {}

    private record Beginning(String key, int limit) {}

    private final TagDao tags = new TagDao();
    private final MediaDao media = new MediaDao();
    private final Tallies<Beginning, Tag> tagTallies;
    private final Tallies<Class<Uploader>, Uploader> uploaderTallies;

    public Facets(Database database) {
        tagTallies =
                new Tallies<>(database, asked -> database.read(sql -> tags.beginning(sql, asked.key(), asked.limit())));
        uploaderTallies = new Tallies<>(database, asked -> database.read(media::uploaders));
    }

    /**
     * The tags that begin with {@code text} without regard to case (any, when it is empty), the most used first. What lies
     * in the trash does not count.
     *
     * @throws Problem {@code busy} when too many others wait for a count
     */
    public List<Tag> tags(String text, int limit) {
        return tagTallies.of(new Beginning(Tags.key(text), limit));
    }

    /** Everybody who uploaded what is in the library, the most first. @throws Problem {@code busy}, as {@link #tags} */
    public List<Uploader> uploaders() {
        return uploaderTallies.of(Uploader.class);
    }
}
