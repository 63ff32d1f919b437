package dev.latchkey.api;

import dev.latchkey.error.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a tus client tells about its file: the header as it came, and the name of the file in it, or null. */
record UploadMetadata(String header, String filename) {
    private static final String NAME = "Upload-Metadata";
    /** Printable ASCII without blanks and commas. */
    private static final Pattern KEY = Pattern.compile("[!-+\\--~]{1,200}");

    /** @throws Problem 400 {@code malformed} for keys that are no keys or come twice, and values that are no Base64 */
    static UploadMetadata of(String header) {
        Map<String, byte[]> values = new HashMap<>();
        for (String pair : header.isEmpty() ? new String[0] : header.split(",", -1)) {
            String[] words = pair.strip().split(" ", 2);
            byte[] value = Tus.base64(words.length < 2 ? "" : words[1], NAME);
            if (!KEY.matcher(words[0]).matches() || values.put(words[0], value) != null) {
                throw Problem.malformed(NAME + " has a key that is empty, not plain ASCII, or there twice.");
            }
        }
        byte[] filename = values.getOrDefault("filename", values.get("name"));
        return new UploadMetadata(header, filename == null ? null : text(filename));
    }

    private static String text(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            if (text.indexOf(0) < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // as with a NUL: no name of a file
        }
        throw Problem.malformed("The filename in " + NAME + " must be UTF-8, without a NUL.");
    }

    /** Names of files stay out of logs. */
    @Override
    public String toString() {
        return "UploadMetadata[…]";
    }
}
