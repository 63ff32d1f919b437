package dev.latchkey.web;

/** Writes HTML. Whatever is handed in as text or as an attribute's value is escaped; only tags are written as they are. */
final class ApiDocsHtml {
    private final StringBuilder out = new StringBuilder(128 * 1024);

    /** Opens {@code tag} with attributes given as name, value, name, value. */
    ApiDocsHtml open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            text(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    ApiDocsHtml close(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** An element that holds nothing but {@code text}; written without a line break, so that it can stand in a sentence. */
    ApiDocsHtml element(String tag, String text, String... attributes) {
        open(tag, attributes).text(text);
        out.append("</").append(tag).append('>');
        return this;
    }

    ApiDocsHtml text(String text) {
        text.codePoints().forEach(this::escaped);
        return this;
    }

    private void escaped(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(c);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
