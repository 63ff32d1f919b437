package dev.latchkey.library;

import dev.latchkey.blob.Blobs;
import dev.latchkey.blob.IncomingBlob;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The one way for files into the library, whichever route they take. */
public final class Uploads {
    /** Codes that concern one file, and leave its neighbours in the same request alone. */
    private static final Set<String> REASONS =
            Set.of("too_large", "storage_full", "quota_exceeded", "removed", "empty", "malformed");

    private final Blobs blobs;
    private final ContentTypes contentTypes;
    private final Arrivals arrivals;

    public Uploads(Blobs blobs, ContentTypes contentTypes, Arrivals arrivals) {
        this.blobs = blobs;
        this.contentTypes = contentTypes;
        this.arrivals = arrivals;
    }

    /**
     * Refuses a file whose length is known before any of it is read.
     *
     * @throws Problem {@code too_large} or {@code storage_full}
     */
    public void expect(long bytes) {
        blobs.expect(bytes);
    }

    /**
     * Takes in one file; when this returns, it and its row are durable.
     *
     * @param digests what its sender says the bytes hash to, by the Java platform's names of algorithms
     * @throws Problem {@code too_large}, {@code storage_full}, {@code quota_exceeded}, {@code removed}, {@code empty},
     *     {@code malformed} or {@code digest_mismatch}
     */
    public Upload add(Caller caller, String filename, InputStream body, Map<String, byte[]> digests) {
        try (IncomingBlob blob = blobs.receive(body, digests.keySet())) {
            digests.forEach((algorithm, digest) -> compare(blob.digest(algorithm), digest));
            return keep(caller, filename, blob, (sql, media) -> {});
        }
    }

    /**
     * Takes in a file that has come whole.
     *
     * @param also done in the same transaction, with the medium that it became
     */
    Upload keep(Caller caller, String filename, IncomingBlob blob, BiConsumer<Sql, Media> also) {
        if (blob.size() == 0) {
            throw empty();
        }
        String name = FileNames.clean(filename);
        ContentType type = contentTypes.of(blob.head(), name);
        NewMedia media = new NewMedia(blob.sha256(), name, type.kind(), type.mediaType(), blob.size());
        return blobs.keep(blob, () -> arrivals.commit(caller, media, also));
    }

    static Problem empty() {
        return Problem.of(Problem.Kind.BAD_REQUEST, "empty", "The file is empty.");
    }

    static void compare(byte[] actual, byte[] expected) {
        if (!MessageDigest.isEqual(actual, expected)) {
            throw Problem.of(
                    Problem.Kind.BAD_REQUEST, "digest_mismatch", "The bytes that came do not match the digest.");
        }
    }

    /** As {@link #add}, for one file among several: what is wrong with this one file becomes its result. */
    public UploadResult offer(Caller caller, String filename, InputStream body) {
        try {
            return new UploadResult(FileNames.clean(filename), add(caller, filename, body, Map.of()), null);
        } catch (Problem problem) {
            if (!REASONS.contains(problem.code())) {
                throw problem;
            }
            return new UploadResult(FileNames.clean(filename), null, problem.code());
        }
    }
}
