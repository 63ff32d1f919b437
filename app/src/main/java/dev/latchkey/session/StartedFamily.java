package dev.latchkey.session;

/** A new refresh family with its first tokens, which are handed out this once. */
record StartedFamily(long id, TokenPair tokens) {}
