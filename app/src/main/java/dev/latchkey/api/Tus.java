package dev.latchkey.api;

import dev.latchkey.blob.Checksum;
import dev.latchkey.error.Problem;
import dev.latchkey.error.Problem.Kind;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the headers of tus 1.0.0; each may be there once, and every bad one is refused with a {@link Problem}. */
final class Tus {
    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination";
    static final String CHECKSUMS = "sha1,sha256,md5";

    private static final String CONTENT_TYPE = "application/offset+octet-stream";
    private static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5");
    /** One spelling for each number, and none that a long cannot hold. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Tus() {}

    /** @throws Problem 412 for a client that speaks another version, or does not say which */
    static void requireVersion(Context ctx) {
        ctx.header("Tus-Resumable", VERSION);
        if (!one(ctx, "Tus-Resumable").equals(Optional.of(VERSION))) {
            ctx.header("Tus-Version", VERSION);
            throw Problem.of(
                    Kind.PRECONDITION_FAILED, "tus_version", "Send Tus-Resumable: " + VERSION + "; no other is known.");
        }
    }

    /** @throws Problem 415 unless the body says that it is a piece of an upload */
    static void requirePiece(Context ctx) {
        String type = one(ctx, Header.CONTENT_TYPE).orElse("").split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(CONTENT_TYPE)) {
            throw Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send it as " + CONTENT_TYPE + ".");
        }
    }

    static boolean hasBody(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }

    /** How long the file will be. @throws Problem 400 {@code length_required}, {@code malformed} */
    static long length(Context ctx) {
        if (one(ctx, "Upload-Concat").isPresent()) {
            throw Problem.malformed("Upload-Concat is not offered here. Send the file as one upload.");
        }
        if (one(ctx, "Upload-Defer-Length").isPresent()
                || one(ctx, "Upload-Length").isEmpty()) {
            throw Problem.of(
                    Kind.BAD_REQUEST,
                    "length_required",
                    "Say how long the file is, in Upload-Length. To say it later (Upload-Defer-Length) is not offered.");
        }
        return number(ctx, "Upload-Length");
    }

    /** Where the piece belongs. @throws Problem 400 {@code malformed} */
    static long offset(Context ctx) {
        return number(ctx, "Upload-Offset");
    }

    private static long number(Context ctx, String header) {
        return one(ctx, header)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong)
                .orElseThrow(() -> Problem.malformed(header + " must be a whole number of bytes, 0 or larger."));
    }

    /** @throws Problem 400 {@code malformed}, or {@code unsupported_checksum} for an algorithm that is not known here */
    static Optional<Checksum> checksum(Context ctx) {
        return one(ctx, "Upload-Checksum").map(Tus::checksum);
    }

    private static Checksum checksum(String header) {
        String[] words = header.split(" ", 2);
        String algorithm = ALGORITHMS.get(words[0]);
        if (algorithm == null) {
            throw Problem.of(
                    Kind.BAD_REQUEST, "unsupported_checksum", "Upload-Checksum may be one of " + CHECKSUMS + ".");
        }
        return new Checksum(algorithm, base64(words.length < 2 ? "" : words[1], "Upload-Checksum"));
    }

    /** @throws Problem 400 {@code malformed} for anything but Base64 */
    static byte[] base64(String text, String header) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(header + " has something in it that is no Base64.");
        }
    }

    /** The value of a header, if it is there. @throws Problem 400 when it is there twice */
    static Optional<String> one(Context ctx, String header) {
        List<String> values = Collections.list(ctx.req().getHeaders(header));
        if (values.size() > 1) {
            throw Problem.malformed("The header " + header + " is there more than once.");
        }
        return values.stream().findFirst().map(String::strip);
    }
}
