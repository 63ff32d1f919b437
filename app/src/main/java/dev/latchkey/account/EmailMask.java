package dev.latchkey.account;

/** Reminds somebody which address it was, and tells nobody else. */
final class EmailMask {
    private static final String HIDDEN = "•••";

    private EmailMask() {}

    /** {@code a•••@e•••.org} of {@code ada@example.org}; null for null. */
    static String of(String email) {
        if (email == null) {
            return null;
        }
        int at = email.lastIndexOf('@');
        String domain = email.substring(at + 1);
        int dot = domain.lastIndexOf('.');
        String end = dot > 0 && domain.substring(dot + 1).matches("\\p{L}{2,}") ? domain.substring(dot) : "";
        return first(email) + HIDDEN + "@" + first(domain) + HIDDEN + end;
    }

    private static String first(String text) {
        return text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(0, 1));
    }
}
