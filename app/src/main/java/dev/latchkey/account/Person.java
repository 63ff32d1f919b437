package dev.latchkey.account;

/** Somebody, by the name that others see. */
public record Person(long id, String displayName) {
    @Override
    public String toString() {
        return "Person[" + id + "]";
    }
}
