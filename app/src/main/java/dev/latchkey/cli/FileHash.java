package dev.latchkey.cli;

import dev.latchkey.crypto.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What the library knows a file by. */
final class FileHash {
    private static final int BUFFER = 128 * 1024;

    private FileHash() {}

    /** The lower-case hexadecimal SHA-256 of a text. */
    static String ofText(String text) {
        return HexFormat.of().formatHex(Secrets.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The lower-case hexadecimal SHA-256 of a file's bytes. */
    static String sha256(Path file) throws IOException {
        MessageDigest sha256 = Secrets.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
