package dev.latchkey.cli;

/** Text from a server on its way to a terminal, which must not be steered by what somebody named a file. */
final class Text {
    private Text() {}

    /** On one line, with every control character, escape sequences and marks of direction included, as a question mark. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isControl(c) ? '?' : c));
        return printable.toString();
    }

    /** JSON with the same data, in which what {@link #printable} replaces is written as an escape. */
    static String printableJson(String json) {
        StringBuilder printable = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (isControl(c) && c != '\n') {
                for (char unit : Character.toChars(c)) {
                    printable.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> c != 0x200D; // the joiner inside emoji
            default -> false;
        };
    }

    /** In code points: near enough to columns for the scripts that most names are written in. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
