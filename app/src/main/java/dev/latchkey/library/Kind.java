package dev.latchkey.library;

/** Broad sorts of media, for filters and pictures of lists. */
public enum Kind {
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT,
    OTHER
}
