package dev.latchkey.api;

import java.util.regex.Pattern;

/** Compares the entity tags of requests with ours, which are strong (RFC 9110, 8.8.3). */
final class EntityTags {
    private static final Pattern LIST_SEPARATOR = Pattern.compile("[ \t]*,[ \t]*");

    private EntityTags() {}

    /** If-None-Match (weak comparison): whether the sender has what {@code tag} names. */
    static boolean hasOne(String header, String tag) {
        if (header == null) {
            return false;
        }
        String tags = header.strip();
        return tags.equals("*")
                || LIST_SEPARATOR.splitAsStream(tags).anyMatch(one -> one.equals(tag) || one.equals("W/" + tag));
    }

    /** If-Range (strong comparison): whether a range may be sent. A date never matches, as we send none. */
    static boolean allowsRange(String header, String tag) {
        return header == null || header.strip().equals(tag);
    }
}
