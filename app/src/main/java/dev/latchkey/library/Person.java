package dev.latchkey.library;

/** Who uploaded or trashed something, as everyone may see them. */
public record Person(long id, String displayName) {
    /** Names of people stay out of logs. */
    @Override
    public String toString() {
        return "Person[" + id + "]";
    }
}
