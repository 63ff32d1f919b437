package dev.latchkey.library;

/** What is known about a file when it arrives. */
record NewMedia(String sha256, String filename, Kind kind, String contentType, long sizeBytes) {}
