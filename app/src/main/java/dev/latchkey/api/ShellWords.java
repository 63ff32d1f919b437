package dev.latchkey.api;

/** Writes text so that a POSIX shell takes it as it is. */
final class ShellWords {
    private ShellWords() {}

    /**
     * One word of a shell command that means exactly {@code text}, whatever stands in it (POSIX.1-2024, XCU 2.2.2).
     *
     * @throws IllegalArgumentException for NUL, which no shell can hold
     */
    static String quoted(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A word of a shell command cannot hold NUL");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
