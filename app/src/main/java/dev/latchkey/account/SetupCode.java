package dev.latchkey.account;

import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code that setup asks of callers who do not sit at this machine: whoever reads the server's terminal or data
 * folder is its owner. It lies in a private file until setup, so that a restart does not change it.
 */
public final class SetupCode {
    private static final Logger LOG = LoggerFactory.getLogger(SetupCode.class);
    private static final Pattern CODE = Pattern.compile("[A-Z2-9]{4}(-[A-Z2-9]{4}){2}");
    private static final Pattern PUNCTUATION = Pattern.compile("[\\s-]+");

    private final Path file;
    private final Secrets secrets;

    /** @param file where the code is kept */
    public SetupCode(Path file, Secrets secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** The code to show at start, made where there is none; call it in local mode only. */
    public String show() {
        try {
            String code = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!CODE.matcher(code).matches()) {
                code = secrets.setupCode();
                PrivateFiles.write(file, code + "\n");
            }
            return code;
        } catch (IOException e) {
            throw Problem.unavailable("The setup code cannot be kept in the data folder.", e);
        }
    }

    /** Whether somebody typed the code; case, dashes and blanks do not matter. */
    boolean matches(String typed) {
        return typed != null && Secrets.same(letters(typed), letters(show()));
    }

    private static String letters(String code) {
        return PUNCTUATION.matcher(code).replaceAll("").toUpperCase(Locale.ROOT);
    }

    /** Removes the file; a code that outlives setup opens nothing, so a failure is only worth a line in the log. */
    public void discard() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The used setup code cannot be removed from the data folder", e);
        }
    }
}
