package dev.latchkey.library;

import java.nio.channels.FileChannel;

/** A medium with its bytes, opened; whoever asked closes the channel. */
public record Content(Media media, FileChannel bytes) {}
