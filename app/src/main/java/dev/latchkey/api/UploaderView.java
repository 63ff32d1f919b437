package dev.latchkey.api;

import dev.latchkey.library.Person;

/** A person beside a medium: who uploaded or trashed it. */
record UploaderView(long id, String displayName) {
    static UploaderView of(Person person) {
        return person == null ? null : new UploaderView(person.id(), person.displayName());
    }
}
