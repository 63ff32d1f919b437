package dev.latchkey.library;

/**
 * The last row already shown; the next page begins behind it. {@code key} is what the list is ordered by: a number
 * (milliseconds or bytes), or the text of a name.
 */
public record MediaCursor(Object key, long id) {
    /** Where {@code media} stands in a list of this order. */
    public static MediaCursor of(Media media, MediaOrder order) {
        return switch (order) {
            case NEWEST, OLDEST -> new MediaCursor(media.uploadedAt().toEpochMilli(), media.id());
            case NAME -> new MediaCursor(FileNames.key(media.filename()), media.id());
            case TAKEN -> new MediaCursor(media.timelineAt().toEpochMilli(), media.id());
            case SIZE -> new MediaCursor(media.sizeBytes(), media.id());
        };
    }

    /** What {@link #key} has to be in a list of this order. */
    public static Class<?> keyType(MediaOrder order) {
        return order == MediaOrder.NAME ? String.class : Long.class;
    }
}
