package dev.latchkey.api;

/** A sentence for people, where there is nothing else to say. */
record Message(String message) {}
