package dev.latchkey.api;

import dev.latchkey.account.Person;

/** Somebody, by the name that others see. */
record PersonView(long id, String displayName) {
    /** Null for null. */
    static PersonView of(Person person) {
        return person == null ? null : new PersonView(person.id(), person.displayName());
    }
}
