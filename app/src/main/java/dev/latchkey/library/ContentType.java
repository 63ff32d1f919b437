package dev.latchkey.library;

/** What a file is, by its content: a media type such as {@code image/jpeg}, and the broad sort. */
public record ContentType(String mediaType, Kind kind) {}
