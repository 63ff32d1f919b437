package dev.latchkey.harness;

import dev.latchkey.crypto.KeyFile;
import dev.latchkey.crypto.Sealer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mails that a server has written, read where they wait while there is no mail server. */
public final class Letterbox {
    /** A mail server that nobody runs: mails stay where they are. */
    public static final Map<String, String> NO_MAIL_SERVER =
            Map.of("smtp.host", "127.0.0.1", "smtp.port", "1", "smtp.from", "library@example.org", "smtp.tls", "none");

    private static final Pattern TOKEN = Pattern.compile("#token=(lkx_[0-9A-Za-z]{43})");

    private final Path dataDir;

    public Letterbox(TestServer server) {
        this.dataDir = server.dataDir();
    }

    /** One mail: its subject, and what was sealed of it. */
    public record Letter(String recipient, String subject, String body) {
        /** The token of the link inside. */
        public String token() {
            Matcher matcher = TOKEN.matcher(body);
            if (!matcher.find()) {
                throw new AssertionError("No link in " + this);
            }
            return matcher.group(1);
        }
    }

    /** The mails to this address, oldest first. */
    public List<Letter> to(String address) {
        Sealer sealer = new Sealer(
                KeyFile.open(dataDir.resolve("keys.properties"), false).derived("mail"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dataDir.resolve("latchkey.db"));
                PreparedStatement query = connection.prepareStatement(
                        "SELECT * FROM mail WHERE recipient = ? AND sealed_body IS NOT NULL ORDER BY id")) {
            query.setString(1, address);
            List<Letter> letters = new ArrayList<>();
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                letters.add(new Letter(address, rows.getString("subject"), sealer.open(rows.getString("sealed_body"))));
            }
            return letters;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest mail to this address. */
    public Letter last(String address) {
        List<Letter> letters = to(address);
        return letters.get(letters.size() - 1);
    }
}
