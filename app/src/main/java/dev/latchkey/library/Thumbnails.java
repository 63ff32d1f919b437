package dev.latchkey.library;

import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.blob.ThumbnailFiles.Picture;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.util.Optional;

/** Small pictures of media. */
public final class Thumbnails {
    private final Library library;
    private final Trash trash;
    private final ThumbnailFiles files;
    private final Extraction extraction;

    public Thumbnails(Library library, Trash trash, ThumbnailFiles files, Extraction extraction) {
        this.library = library;
        this.trash = trash;
        this.files = files;
        this.extraction = extraction;
    }

    /** A small picture of a medium, opened; whoever asked closes it. */
    public record Thumbnail(Media media, Picture picture) {}

    /**
     * Opens the small picture of a medium; of one in the trash for whoever sees it there.
     *
     * @param size one of {@link ThumbnailFiles#SIZES}
     * @throws Problem {@code not_found}, or {@code no_thumbnail} when it has none, or none yet
     */
    public Thumbnail open(Caller caller, long id, int size) {
        Media media = library.find(id).or(() -> trash.find(caller, id)).orElseThrow(Thumbnails::unknown);
        Optional<Picture> picture = media.hasThumbnail() ? files.open(media.sha256(), size) : Optional.empty();
        if (media.hasThumbnail() && picture.isEmpty()) {
            extraction.again(id);
        }
        return picture.map(found -> new Thumbnail(media, found)).orElseThrow(Thumbnails::none);
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such file in the library.");
    }

    private static Problem none() {
        return Problem.of(Problem.Kind.NOT_FOUND, "no_thumbnail", "There is no small picture of this file.");
    }
}
