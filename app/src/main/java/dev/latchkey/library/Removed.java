package dev.latchkey.library;

import dev.latchkey.error.Problem;

/** What a manager put into the trash only a manager brings back. */
final class Removed {
    private Removed() {}

    static Problem problem() {
        return Problem.forbidden("removed", "A manager removed this file. Only a manager can bring it back.");
    }
}
