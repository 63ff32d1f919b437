package dev.latchkey.crypto;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Reads {@code keys.properties}, and makes it at the first start; without it no stored password can be checked. */
public final class KeyFile {
    private static final String HEADER = """
            # Latchkey's keys. Keep this file secret and in every backup:
            # without it nobody can sign in with a password again.
            """;

    private KeyFile() {}

    /**
     * The keys in {@code path}, made at once and durably at the first start.
     *
     * @param first whether there is nothing yet that was made with keys
     * @throws Problem when the file is not whole, or is missing at a later start: new keys would make every password
     *     wrong
     */
    public static Keys open(Path path, boolean first) {
        try {
            if (!Files.exists(path)) {
                create(path, first);
            }
            return read(path);
        } catch (IOException e) {
            throw Problem.unavailable("The key file " + path + " cannot be read or written: " + e.getMessage(), e);
        }
    }

    private static void create(Path path, boolean first) throws IOException {
        if (!first) {
            throw Problem.unavailable(
                    "The key file " + path + " is missing, and without it no password can be checked."
                            + " Restore it from a backup.",
                    null);
        }
        SecureRandom random = new SecureRandom();
        String text =
                HEADER + "pepper=" + key(random) + "\ncode_key=" + key(random) + "\njwt_secret=" + key(random) + "\n";
        PrivateFiles.write(path, text);
    }

    private static String key(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static Keys read(Path path) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        }
        return new Keys(
                decode(path, properties, "pepper"),
                decode(path, properties, "code_key"),
                decode(path, properties, "jwt_secret"));
    }

    private static byte[] decode(Path path, Properties properties, String name) {
        try {
            byte[] key = Base64.getDecoder().decode(properties.getProperty(name, ""));
            if (key.length >= 32) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message for both mistakes
        }
        throw Problem.invalidField(name, "in " + path + " is missing or broken; restore the file from a backup");
    }
}
