package dev.latchkey.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The 10,000 commonest passwords, in NFKC and lower case; read when the first password is judged. */
final class CommonPasswords {
    private CommonPasswords() {}

    private static final class Loaded {
        static final Set<String> PASSWORDS = load();

        private static Set<String> load() {
            try (var in = CommonPasswords.class.getResourceAsStream("/common-passwords.txt");
                    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return reader.lines().collect(Collectors.toUnmodifiableSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @param password in NFKC and lower case */
    static boolean contain(String password) {
        return Loaded.PASSWORDS.contains(password);
    }

    static int size() {
        return Loaded.PASSWORDS.size();
    }
}
