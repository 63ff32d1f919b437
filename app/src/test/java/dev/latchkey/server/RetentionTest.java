package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.RunningJar;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.harness.LogLines;
import dev.latchkey.server.Retention.Part;
import dev.latchkey.testing.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the daily clean-up forgets, when, and in how small pieces. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration LEAST = Duration.ofMillis(1);

    /** The numbers {@code n.i} from one. */
    private static final String NUMBERS =
            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";

    private static final List<String> TABLES = List.of(
            "sessions",
            "spent_refresh_tokens",
            "sign_in_challenges",
            "device_codes",
            "sign_in_failures",
            "known_addresses",
            "one_time_links",
            "invites",
            "join_requests",
            "join_codes",
            "code_failures",
            "mail",
            "deletion_requests",
            "audit");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOW);
    private final Resources resources = new Resources();
    private App app;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of("listen", "127.0.0.1:0", "data_dir", data.toString());
        app = App.open(ConfigLoader.fromMap(settings), clock, RunningJar.here(), resources);
        connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("latchkey.db") + "?busy_timeout=5000");
        run("INSERT INTO users (username, display_name, role, created_at) VALUES ('ada', 'Ada', 'admin', 0)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        resources.close();
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private long count(String table) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long countAll() {
        return TABLES.stream().mapToLong(this::count).sum();
    }

    /** Adds so many rows to {@code table}; in {@code values}, {@code NOW} is the present and {@code n.i} a number. */
    private void add(String table, String columnsAndValues, int rows) {
        String[] parts = columnsAndValues.split(" = ", 2);
        run("INSERT INTO " + table + " (" + parts[0] + ") " + NUMBERS.formatted(rows) + "SELECT "
                + parts[1].replace("NOW", Long.toString(clock.instant().toEpochMilli())) + " FROM n");
    }

    private static final String SESSION =
            "user_id, kind, token_hash, credential_epoch, ip, created_at, last_used_at = 1, 'refresh', 's' || n.i, 0, '::', NOW, NOW";
    private static final String ANSWERED = "media_id, status, created_at, decided_at = n.i, 'rejected', NOW, NOW";
    private static final String SPENT = "family_id, token_hash, spent_at = n.i % 3 + 1, 't' || n.i, NOW";
    private static final String CHALLENGE =
            "user_id, token_hash, credential_epoch, created_at, expires_at = 1, 'c' || n.i, 0, NOW, NOW";
    private static final String DEVICE =
            "device_code_hash, user_code_hmac, ip, state, created_at, expires_at = 'd' || n.i, 'u' || n.i, '::', 'pending', NOW, NOW";
    private static final String FAILURE = "account, failures, last_failure_at = 'name:' || n.i, 3, NOW";
    private static final String ADDRESS =
            "user_id, network, first_sign_in_at, last_sign_in_at = 1, '10.0.0.' || n.i, NOW, NOW";
    private static final String LINK =
            "user_id, purpose, token_hash, created_at, expires_at = 1, 'reset', 'l' || n.i, NOW, NOW";
    private static final String EXPIRED_INVITE =
            "token_hash, role, auto_approve, created_by, created_at, expires_at = 'e' || n.i, 'member', 0, 1, 0, NOW";
    private static final String USED_INVITE =
            "token_hash, role, auto_approve, created_by, created_at, expires_at, used_at = 'u' || n.i, 'member', 0, 1, 0, NOW + 9000000000, NOW";
    private static final String DECIDED =
            "username, display_name, role, status, created_at, decided_at, invite_id = 'd' || n.i, 'D', 'member', 'rejected', 0, NOW, (SELECT min(id) FROM invites)";
    private static final String JOIN_CODE =
            "user_id, code_hmac, link_hash, max_uses, created_by, created_at, expires_at = 1, 'h' || n.i, 'k' || n.i, 1, 1, 0, NOW";
    private static final String WRONG_CODE = "network, failed_at = '::/64', NOW";
    private static final String SENT = "recipient, subject, state, created_at, sent_at = 'a@b', 'x', 'sent', NOW, NOW";
    private static final String DEAD = "recipient, subject, state, created_at = 'a@b', 'x', 'dead', NOW";
    private static final String AUDIT = "at, actor_id, action = NOW, 1, 'media.upload'";

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("sessions", SESSION, 31),
                Arguments.of("sign_in_challenges", CHALLENGE, 1),
                Arguments.of("device_codes", DEVICE, 1),
                Arguments.of("sign_in_failures", FAILURE, 30),
                Arguments.of("known_addresses", ADDRESS, 365),
                Arguments.of("one_time_links", LINK, 1),
                Arguments.of("invites", EXPIRED_INVITE, 90),
                Arguments.of("invites", USED_INVITE, 90),
                Arguments.of("join_requests", DECIDED, 90),
                Arguments.of("join_codes", JOIN_CODE, 1),
                Arguments.of("mail", SENT, 30),
                Arguments.of("mail", DEAD, 30),
                Arguments.of("deletion_requests", ANSWERED, 365),
                Arguments.of("audit", AUDIT, 365));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatHasHadItsTimeIsForgottenAndNothingElse(String table, String row, int days) {
        add(table, row, 3);
        clock.advance(Duration.ofDays(days).minus(LEAST));
        app.retention().run();
        assertThat(count(table)).isEqualTo(3);

        clock.advance(LEAST.multipliedBy(2));
        app.retention().run();
        assertThat(count(table)).isZero();
    }

    @Test
    void whatIsStillWaitingStays() {
        add("mail", "recipient, subject, state, next_attempt_at, created_at = 'a', 's', 'pending', NOW * 2, NOW", 2);
        add("join_requests", "username, display_name, role, status, created_at = 'w', 'W', 'guest', 'pending', NOW", 1);
        add("invites", EXPIRED_INVITE.replace(", NOW", ", NOW * 2"), 2);
        add("deletion_requests", "media_id, status, created_at = n.i, 'pending', NOW", 2);
        clock.advance(Duration.ofDays(1000));

        app.retention().run();

        assertThat(count("mail")).isEqualTo(2);
        assertThat(count("deletion_requests")).isEqualTo(2);
        assertThat(count("join_requests")).isEqualTo(1);
        assertThat(count("invites")).isEqualTo(2);
    }

    @Test
    void wrongCodesAreForgottenAfterAnHour() {
        add("code_failures", WRONG_CODE, 3);
        clock.advance(Duration.ofHours(1).minus(LEAST));
        app.retention().run();
        assertThat(count("code_failures")).isEqualTo(3);

        clock.advance(LEAST.multipliedBy(2));
        app.retention().run();
        assertThat(count("code_failures")).isZero();
    }

    @Test
    void aRequestOutlivesItsInvite() {
        add("invites", USED_INVITE, 1);
        clock.advance(Duration.ofDays(89));
        add("join_requests", DECIDED, 1);
        clock.advance(Duration.ofDays(2));

        app.retention().run();

        assertThat(count("invites")).isZero();
        assertThat(count("join_requests WHERE invite_id IS NULL")).isEqualTo(1);
    }

    @Test
    void aFamilyGoesWithAllTheTokensThatItHas() {
        add("sessions", SESSION, 3);
        add("spent_refresh_tokens", SPENT, 1000);
        clock.advance(Duration.ofDays(32));
        add("sessions", SESSION.replace("'s'", "'live'"), 1);
        run("INSERT INTO spent_refresh_tokens (token_hash, family_id, spent_at) VALUES ('kept', 4, 0)");

        app.retention().run();

        assertThat(count("sessions")).isEqualTo(1);
        assertThat(count("spent_refresh_tokens")).isEqualTo(1);
    }

    @Test
    void noBatchRemovesMoreThanItsBound() {
        rows().map(Arguments::get).forEach(row -> {
            add((String) row[0], (String) row[1], 450);
        });
        add("spent_refresh_tokens", SPENT, 1000);
        clock.advance(Duration.ofDays(1000));

        for (Part part : app.retention().parts()) {
            long left = countAll();
            int done = -1;
            while (done != 0) {
                done = part.batch().applyAsInt(Retention.BATCH);
                long before = left;
                left = countAll();
                assertThat(before - left).as(part.what()).isEqualTo(done).isLessThanOrEqualTo(Retention.BATCH);
            }
        }
        assertThat(countAll()).isZero();
    }

    @Test
    void aPartThatFailsKeepsNoOtherWaiting() {
        AtomicInteger left = new AtomicInteger(250);
        Part broken = new Part("broken", limit -> {
            throw new IllegalStateException("the disk is full");
        });
        Part sound = new Part("sound", limit -> {
            int done = Math.min(limit, left.get());
            left.addAndGet(-done);
            return done;
        });
        try (LogLines log = LogLines.record();
                Retention retention = new Retention(broken, sound)) {
            retention.run();
            assertThat(log.errors()).contains("broken", "the disk is full");
            assertThat(log.text()).contains("Cleaned up sound: 250");
        }
        assertThat(left).hasValue(0);
    }

    @Test
    void aStopEndsARunAfterItsBatch() {
        AtomicInteger batches = new AtomicInteger();
        Retention[] retention = new Retention[1];
        retention[0] = new Retention(new Part("endless", limit -> {
            if (batches.incrementAndGet() == 3) {
                retention[0].close();
            }
            return limit;
        }));

        retention[0].run();

        assertThat(batches).hasValue(3);
    }
}
