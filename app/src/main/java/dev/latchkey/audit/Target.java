package dev.latchkey.audit;

/** What a change is about: {@code user 7}, {@code media 12}. */
public record Target(String type, long id) {}
