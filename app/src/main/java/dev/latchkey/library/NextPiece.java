package dev.latchkey.library;

import dev.latchkey.blob.Checksum;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a client sends of an upload in one go.
 *
 * @param offset where it belongs, in bytes
 * @param length how long it is, if that is known; negative if not
 * @param body its bytes; not asked for before all else is in order, so that a client which waits for that sends none
 * @param hangUp breaks its reading off, when the sender has gone silent and another request asks for the upload
 * @param checksum what this piece hashes to, if its sender says so
 * @param digests what the whole file hashes to, by the Java platform's names of algorithms; only {@code SHA-256} counts
 */
public record NextPiece(
        long offset,
        long length,
        Supplier<InputStream> body,
        Runnable hangUp,
        Optional<Checksum> checksum,
        Map<String, byte[]> digests) {}
