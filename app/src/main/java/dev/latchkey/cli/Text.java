package dev.latchkey.cli;

/** Text from a server on its way to a terminal, which must not be steered by what somebody named a file. */
final class Text {
    private Text() {}

    /** With every control character, escape sequences and marks of direction included, as a question mark. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isControl(c) && c != '\n' ? '?' : c));
        return printable.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.SURROGATE
                || Character.getType(c) == Character.FORMAT && c != 0x200D; // the joiner inside emoji
    }

    /** In code points: near enough to columns for the scripts that most names are written in. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
