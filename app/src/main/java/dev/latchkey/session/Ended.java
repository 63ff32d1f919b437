package dev.latchkey.session;

/** A sign-in that was deleted or changed, with what the caches know it by. */
record Ended(long id, Session.Kind kind, String tokenHash) {}
