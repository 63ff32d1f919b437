package dev.latchkey.api;

import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the digests that a sender announces (RFC 9530). {@code Content-Digest} and {@code Repr-Digest} mean the same
 * bytes in an upload without a content coding.
 */
final class ContentDigests {
    private static final Map<String, String> ALGORITHMS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    /** A member of a structured-field dictionary (RFC 9651) whose value is a byte sequence, perhaps with parameters. */
    private static final Pattern MEMBER =
            Pattern.compile("([a-z*][a-z0-9_.*-]*)[ \t]*=[ \t]*:([A-Za-z0-9+/=]*):[ \t]*(;.*)?");

    private ContentDigests() {}

    /**
     * The digests by the Java platform's names of algorithms; those that are not known here are left out.
     *
     * @throws Problem 400 {@code malformed} for what is no such field, {@code digest_mismatch} for two that contradict
     */
    static Map<String, byte[]> read(Context ctx) {
        Map<String, byte[]> digests = new LinkedHashMap<>();
        read(ctx, "Content-Digest", digests);
        read(ctx, "Repr-Digest", digests);
        return digests;
    }

    /** As {@link #read}, where the body is a part only: of the whole file. */
    static Map<String, byte[]> ofWhole(Context ctx) {
        Map<String, byte[]> digests = new LinkedHashMap<>();
        read(ctx, "Repr-Digest", digests);
        return digests;
    }

    private static void read(Context ctx, String header, Map<String, byte[]> digests) {
        Collections.list(ctx.req().getHeaders(header)).forEach(value -> parse(value, digests));
    }

    static void parse(String field, Map<String, byte[]> digests) {
        for (String part : field.split(",", -1)) {
            Matcher member = MEMBER.matcher(part.strip());
            if (!member.matches()) {
                throw malformed();
            }
            String algorithm = ALGORITHMS.get(member.group(1));
            if (algorithm != null) {
                put(digests, algorithm, decode(member.group(2)));
            }
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static void put(Map<String, byte[]> digests, String algorithm, byte[] digest) {
        byte[] before = digests.putIfAbsent(algorithm, digest);
        if (before != null && !Arrays.equals(before, digest)) {
            throw Problem.of(
                    Problem.Kind.BAD_REQUEST, "digest_mismatch", "The digests that were sent contradict each other.");
        }
    }

    private static Problem malformed() {
        return Problem.malformed(
                "Content-Digest and Repr-Digest look like sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=: (RFC 9530).");
    }
}
