package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.audit.Actor;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Attempt;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInDelaysTest {
    private static final Actor STRANGER = new Actor(null, "203.0.113.7", "test");

    @TempDir
    Path folder;

    private Accounts accounts;
    private User grace;

    @BeforeEach
    void open() {
        accounts = new Accounts(folder);
        grace = accounts.join(accounts.setUp().user(), "grace", Role.MEMBER);
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(attempt(name, "wrong")).isEqualTo("invalid_credentials");
        }
    }

    /** How a stranger's attempt ends. */
    private String attempt(String name, String password) {
        try {
            accounts.signIn.logIn(STRANGER, new Attempt(name, password, null));
            return "in";
        } catch (Problem e) {
            return e.code();
        }
    }

    private Optional<Duration> delay() {
        return accounts.database
                .read(sql -> accounts.newDelays().delayedUntil(sql, grace.id()))
                .map(until -> Duration.between(accounts.clock.instant(), until));
    }

    @Test
    void theDelayDoublesFromFifteenSecondsToFifteenMinutes() {
        fail("grace", 9);
        assertThat(delay()).isEmpty();
        for (int seconds : new int[] {15, 30, 60, 120, 240, 480, 900, 900}) {
            fail("grace", 1);
            assertThat(delay()).contains(Duration.ofSeconds(seconds));
            assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("rate_limited");
            accounts.clock.advance(Duration.ofSeconds(seconds));
        }
        assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("in");
        assertThat(delay()).isEmpty();
    }

    @Test
    void anAttemptDuringADelayDoesNotCount() {
        fail("grace", 10);
        for (int i = 0; i < 20; i++) {
            assertThat(attempt("grace", "wrong")).isEqualTo("rate_limited");
        }
        assertThat(delay()).contains(Duration.ofSeconds(15));
    }

    @Test
    void guessesAtTheSameMomentAreTenAndThenOne() throws InterruptedException {
        Map<String, Integer> first = Race.run(40, number -> () -> accounts.signIn.logIn(STRANGER, guess(number)));
        assertThat(first).containsEntry("invalid_credentials", 10).doesNotContainKey("won");

        accounts.clock.advance(Duration.ofSeconds(15));
        Map<String, Integer> second = Race.run(40, number -> () -> accounts.signIn.logIn(STRANGER, guess(number)));
        assertThat(second).containsEntry("invalid_credentials", 1);
    }

    private static Attempt guess(int number) {
        return new Attempt(number % 2 == 0 ? "grace" : "Grace@example.org", "guess " + number, null);
    }

    @Test
    void rightPasswordsAtTheSameMomentAllGetIn() throws InterruptedException {
        fail("grace", 9);
        Attempt right = new Attempt("grace", Accounts.PASSWORD, null);
        assertThat(Race.run(20, number -> () -> accounts.signIn.logIn(STRANGER, right)))
                .containsExactly(Map.entry("won", 20));
    }

    @Test
    void whereAPersonSignedInWithinThirtyDaysNobodyWaits() {
        accounts.logIn("grace");
        fail("grace", 10);
        assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("rate_limited");
        accounts.clock.advance(Duration.ofDays(29));
        fail("grace", 1);
        assertThat(accounts.logIn("grace").user().id()).isEqualTo(grace.id());

        accounts.clock.advance(Duration.ofDays(30));
        fail("grace", 10);
        assertThatThrownBy(() -> accounts.logIn("grace"))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("rate_limited"));
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyOut() {
        accounts.clock.advance(Duration.ofDays(400));
        fail("grace", 10);
        accounts.clock.advance(Duration.ofDays(-400));

        assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("in");
    }

    @Test
    void namesOfNobodyAreKeptInABoundedTable() {
        accounts.change("""
                INSERT INTO sign_in_failures (account, failures, last_failure_at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050)
                SELECT 'name:' || i, 3, i FROM n""");
        fail("grace", 1);
        fail("nobody", 1);

        String names = "SELECT count(*) AS n FROM sign_in_failures WHERE account LIKE 'name:%'";
        assertThat(accounts.number(names)).isEqualTo(10_000);
        assertThat(accounts.number(names + " AND last_failure_at <= 51")).isZero();
        assertThat(accounts.number("SELECT count(*) AS n FROM sign_in_failures WHERE account LIKE 'user:%'"))
                .isEqualTo(1);
    }

    @Test
    void oldStreaksAreForgotten() {
        fail("grace", 3);
        fail("nobody", 3);
        assertThat(accounts.delays.sweep(100)).isZero();
        accounts.clock.advance(Duration.ofDays(31));
        assertThat(accounts.delays.sweep(1)).isEqualTo(1);
        assertThat(accounts.delays.sweep(100)).isEqualTo(1);
    }

    @Test
    void aStolenSessionIsNoWayToGuessThePassword() {
        Actor thief = new Actor(grace.id(), "203.0.113.7", "test");
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> accounts.currentPassword.require(thief, "wrong"))
                    .isInstanceOfSatisfying(
                            Problem.class, e -> assertThat(e.code()).isEqualTo("wrong_password"));
        }
        assertThatThrownBy(() -> accounts.currentPassword.require(thief, Accounts.PASSWORD))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("rate_limited"));
        assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("rate_limited");
        assertThat(accounts.audited("password.confirm_failed")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.20, 192.168.1.20",
        "2001:db8:1:2::7, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:ffff:1:2:3, 2001:db8:1:2:0:0:0:0/64",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0:0:0:0:0/64"
    })
    void anIpv6HouseholdIsOneAddress(String ip, String network) {
        assertThat(KnownAddresses.network(ip)).isEqualTo(network);
    }

    @Test
    void aSignInFromANewAddressIsMailedButNotTheFirst() {
        String alerts = "SELECT count(*) AS n FROM mail WHERE recipient = 'grace@example.org'";
        long before = accounts.number(alerts);
        accounts.logIn("grace");
        assertThat(accounts.number(alerts)).isEqualTo(before);
        assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("in");
        assertThat(accounts.number(alerts)).isEqualTo(before + 1);
        assertThat(attempt("grace", Accounts.PASSWORD)).isEqualTo("in");
        accounts.logIn("grace");
        assertThat(accounts.number(alerts)).isEqualTo(before + 1);
    }
}
