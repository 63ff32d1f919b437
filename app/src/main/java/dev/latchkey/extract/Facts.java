package dev.latchkey.extract;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file tells about itself. Width and height are in pixels and as displayed; everything that it does not tell is
 * null.
 */
public record Facts(Integer width, Integer height, Duration duration, Instant takenAt, Thumbnail thumbnail) {
    /** What became of its small pictures. */
    public enum Thumbnail {
        /** Written as JPEG. */
        JPEG,
        /** Written as PNG, as parts of it are transparent. */
        PNG,
        /** Files of this type have none, or a program that would be needed is not installed. */
        NONE,
        /** The file is broken, or larger than anybody's pictures are. */
        REFUSED,
        /** The small pictures could not be written to the disk. */
        NOT_WRITTEN;

        /** Whether there are small pictures now. */
        public boolean isMade() {
            return this == JPEG || this == PNG;
        }
    }

    /** Of a file that tells nothing. */
    static Facts nothing() {
        return new Facts(null, null, null, null, Thumbnail.NONE);
    }

    /** Of a file that could not be read. */
    public static Facts unreadable() {
        return nothing().with(Thumbnail.REFUSED);
    }

    Facts with(Thumbnail made) {
        return new Facts(width, height, duration, takenAt, made);
    }

    Facts sized(int newWidth, int newHeight) {
        return new Facts(newWidth, newHeight, duration, takenAt, thumbnail);
    }

    Facts lasting(Duration newDuration) {
        return new Facts(width, height, newDuration, takenAt, thumbnail);
    }

    /** These facts, and where they are silent those. */
    Facts or(Facts other) {
        boolean sized = width != null && height != null;
        return new Facts(
                sized ? width : other.width,
                sized ? height : other.height,
                duration != null ? duration : other.duration,
                takenAt != null ? takenAt : other.takenAt,
                thumbnail);
    }

    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "width", width);
        put(fields, "height", height);
        put(fields, "duration", duration == null ? null : duration.toMillis());
        put(fields, "taken_at", takenAt == null ? null : takenAt.toEpochMilli());
        put(fields, "thumbnail", thumbnail);
        return fields;
    }

    private static void put(Map<String, String> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    /** @throws IllegalArgumentException when these are not {@link #fields} of facts within the bounds of the library */
    static Facts of(Map<String, String> fields) {
        Long duration = number(fields.get("duration"), 0, Tags.LONGEST.toMillis());
        Long takenAt = number(fields.get("taken_at"), Long.MIN_VALUE, Long.MAX_VALUE);
        Long width = number(fields.get("width"), 1, Integer.MAX_VALUE);
        Long height = number(fields.get("height"), 1, Integer.MAX_VALUE);
        boolean sized = width != null && height != null;
        return new Facts(
                sized ? Integer.valueOf(width.intValue()) : null,
                sized ? Integer.valueOf(height.intValue()) : null,
                duration == null ? null : Duration.ofMillis(duration),
                takenAt == null ? null : Instant.ofEpochMilli(takenAt),
                Thumbnail.valueOf(fields.getOrDefault("thumbnail", "")));
    }

    private static Long number(String text, long least, long most) {
        if (text == null) {
            return null;
        }
        long value = Long.parseLong(text);
        return value >= least && value <= most ? Long.valueOf(value) : null;
    }
}
