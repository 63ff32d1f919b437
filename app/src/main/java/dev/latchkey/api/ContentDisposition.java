package dev.latchkey.api;

import java.nio.charset.StandardCharsets;

/** Writes the Content-Disposition header (RFC 6266) of a file whose name may contain anything. */
final class ContentDisposition {
    /** {@code attr-char} of RFC 8187, beside letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    static String of(boolean inline, String filename) {
        return (inline ? "inline" : "attachment") + "; filename=\"" + ascii(filename) + "\"; filename*=UTF-8''"
                + encoded(filename);
    }

    /** For old clients: what is not plain ASCII, or has a meaning inside quotes, becomes an underscore. */
    private static String ascii(String filename) {
        StringBuilder text = new StringBuilder();
        filename.codePoints()
                .map(c -> c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ? '_' : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static String encoded(String filename) {
        StringBuilder text = new StringBuilder();
        for (byte b : filename.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : String.format("%%%02X", b & 0xff));
        }
        return text.toString();
    }
}
