package dev.latchkey.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Fills the database of a stopped server with media and audit rows, one a minute. Common things have the same share of
 * any number of rows; rare things are about twenty rows, however many there are.
 */
final class Seed {
    static final int UPLOADER = 3;
    static final String COMMON_TAG = "family";
    static final String RARE_TAG = "eclipse";
    static final String COMMON_WORD = "holiday";
    static final String RARE_WORD = "quokka";
    static final String RARE_ACTION = "media.purge";
    private static final long FIRST_AT = 1_700_000_000_000L;
    private static final int RARE_ROWS = 20;

    private static final String USERS = """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 5)
            INSERT INTO users (id, username, display_name, role, created_at)
            SELECT i, 'person' || i, 'Person ' || i, 'member', %d FROM n
            """;
    // Multiplying by a prime spreads names and sizes over the whole range, as real ones are.
    private static final String MEDIA = """
            INSERT INTO media (id, sha256, filename, name_key, title, description, kind, content_type, size_bytes,
                               uploaded_at, timeline_at, extraction, uploader_id)
            SELECT i, printf('%064x', i), printf('IMG_%07d.jpg', i * 7919 % 1000003),
                   printf('img_%07d.jpg', i * 7919 % 1000003),
                   CASE WHEN i % 4 = 0 THEN 'holiday in place' ELSE 'a walk near place' END || (i % 500),
                   CASE WHEN i % {rare} = 0 THEN 'a quokka was there' ELSE 'seen on day' || (i % 365) END,
                   CASE WHEN i % 100 < 65 THEN 'image' WHEN i % 100 < 85 THEN 'video' WHEN i % 100 < 90 THEN 'audio'
                        WHEN i % 100 < 95 THEN 'document' ELSE 'other' END,
                   'image/jpeg', 1 + i * 104729 % 50000017, {first} + i * 60000, {first} + i * 60000, 'done', 1 + i / 7 % 5
            """;
    private static final String TAGS = """
            , t(tag, i) AS (SELECT 'year-' || (i % 12), i FROM n
                            UNION ALL SELECT 'family', i FROM n WHERE i % 10 = 3
                            UNION ALL SELECT 'eclipse', i FROM n WHERE i % {rare} = 0)
            INSERT INTO media_tags (media_id, tag, tag_key, uploaded_at, timeline_at, name_key, size_bytes)
            SELECT m.id, t.tag, t.tag, m.uploaded_at, m.timeline_at, m.name_key, m.size_bytes FROM t CROSS JOIN media m ON m.id = t.i
            """;
    private static final String SEARCH = """
            INSERT INTO media_search (rowid, filename, title, description, tags)
            SELECT id, filename, title, description,
                   (SELECT group_concat(tag, ' ') FROM media_tags WHERE media_id = id)
            FROM media
            """;
    /** As the daily clean-up leaves it. */
    private static final String IN_ONE_PIECE = "INSERT INTO media_search (media_search) VALUES ('optimize')";

    private static final String AUDIT = """
            INSERT INTO audit (at, actor_id, action, target_type, target_id, ip)
            SELECT {first} + i * 60000, 1 + i / 7 % 5,
                   CASE WHEN i % {rare} = 0 THEN 'media.purge' WHEN i % 100 < 60 THEN 'media.upload'
                        WHEN i % 100 < 80 THEN 'session.login' WHEN i % 100 < 90 THEN 'session.login_failed'
                        ELSE 'media.update' END,
                   'media', i, '192.168.1.' || (i % 250)
            """;

    private Seed() {}

    /** When that row (from 1 on) was written, in milliseconds since the epoch. */
    static long at(int row) {
        return FIRST_AT + row * 60_000L;
    }

    static void fill(Path data, int rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("latchkey.db"));
                Statement statement = connection.createStatement()) {
            // Nobody else looks and nothing is lost if this fails, so the journal can rest until the end.
            for (String pragma : new String[] {"journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"}) {
                statement.execute("PRAGMA " + pragma);
            }
            statement.execute(USERS.formatted(FIRST_AT));
            statement.execute(numbered(MEDIA + " FROM n", rows));
            statement.execute(numbered(TAGS, rows));
            statement.execute(SEARCH);
            statement.execute(IN_ONE_PIECE);
            statement.execute(numbered(AUDIT + " FROM n", rows));
            statement.execute("PRAGMA journal_mode = WAL");
        }
    }

    private static String numbered(String insert, int rows) {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ") ";
        return numbers
                + insert.replace("{rare}", Integer.toString(rows / RARE_ROWS)).replace("{first}", FIRST_AT + "");
    }
}
