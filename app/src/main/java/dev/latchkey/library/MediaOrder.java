package dev.latchkey.library;

/** Orders of a list; each has an index, and the id decides between equals. */
public enum MediaOrder {
    NEWEST("uploaded_at", true),
    OLDEST("uploaded_at", false),
    NAME("name_key", false),
    /** Largest first. */
    SIZE("size_bytes", true),
    /** The timeline: last taken first, and by upload what does not tell when it was taken. */
    TAKEN("timeline_at", true);

    private final String column;
    private final boolean descending;

    MediaOrder(String column, boolean descending) {
        this.column = column;
        this.descending = descending;
    }

    String column() {
        return column;
    }

    boolean isByUpload() {
        return this == NEWEST || this == OLDEST;
    }

    String direction() {
        return descending ? " DESC" : " ASC";
    }

    /** The comparison that holds for what stands behind a row. */
    String behind() {
        return descending ? " < " : " > ";
    }
}
