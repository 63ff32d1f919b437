package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a personal access token and what does not, and what is done about them by themselves. */
class PersonalTokensTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Accounts accounts;
    private User ada;
    private User grace;
    private Caller maker;

    @BeforeEach
    void open() {
        accounts = new Accounts(folder);
        ada = accounts.setUp().user();
        grace = accounts.join(ada, "grace", Role.MEMBER);
        maker = accounts.resolve(accounts.logIn("grace").token()).orElseThrow();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private String make(Long days) {
        PersonalTokenForm form = new PersonalTokenForm("Script", Optional.ofNullable(days), List.of("library:read"));
        return accounts.personalTokens.create(maker, form).token();
    }

    private long mails() {
        return accounts.number("SELECT count(*) AS n FROM mail WHERE recipient = 'grace@example.org'");
    }

    @Test
    void itEndsByTheClock() {
        String token = make(1L);
        accounts.clock.advance(Duration.ofDays(1).minus(MOMENT));
        assertThat(accounts.resolve(token)).isPresent();
        accounts.clock.advance(MOMENT);
        assertThat(accounts.resolve(token)).isEmpty();
        assertThat(accounts.newPersonalTokens().resolve(token, Accounts.NOBODY, true))
                .isEmpty();
    }

    @Test
    void deactivationEndsItForGood() {
        String token = make(null);
        assertThat(accounts.resolve(token)).isPresent();
        accounts.users.deactivate(Accounts.actor(ada), grace.id());
        assertThat(accounts.resolve(token)).isEmpty();
        accounts.users.activate(Accounts.actor(ada), grace.id());
        assertThat(accounts.resolve(token)).isEmpty();
        assertThat(accounts.number("SELECT count(*) AS n FROM access_tokens")).isZero();
    }

    @Test
    void removalDeletesIt() {
        String token = make(null);
        assertThat(accounts.resolve(token)).isPresent();
        accounts.users.remove(Accounts.actor(ada), grace.id());
        assertThat(accounts.resolve(token)).isEmpty();
        assertThat(accounts.number("SELECT count(*) AS n FROM access_tokens")).isZero();
    }

    @Test
    void theEndOfSignInsLeavesIt() {
        String token = make(null);
        assertThat(accounts.resolve(token)).isPresent();
        accounts.change("UPDATE users SET credential_epoch = credential_epoch + 1 WHERE id = ?", grace.id());
        accounts.cache.remove(grace.id());
        assertThat(accounts.resolve(token)).isPresent();
        assertThat(accounts.resolve(token)).isPresent();
    }

    @Test
    void aSignInThatEndedMeanwhileMakesNone() {
        accounts.sessions.end(Accounts.actor(grace), maker.credential().id());
        assertThatThrownBy(() -> make(null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid_token"));
        assertThat(accounts.number("SELECT count(*) AS n FROM access_tokens")).isZero();
    }

    @Test
    void anotherRoleCountsAtOnce() {
        String token = make(null);
        assertThat(accounts.resolve(token).orElseThrow().atLeast(Role.MEMBER)).isTrue();
        accounts.change("UPDATE users SET role = 'guest' WHERE id = ?", grace.id());
        accounts.cache.remove(grace.id());
        assertThat(accounts.resolve(token).orElseThrow().atLeast(Role.MEMBER)).isFalse();
    }

    @Test
    void usesAreWrittenBehind() {
        String token = make(null);
        accounts.resolve(token);
        accounts.clock.advance(Duration.ofHours(1));
        accounts.resolve(token);
        Instant now = accounts.clock.instant();
        assertThat(accounts.number("SELECT count(*) AS n FROM access_tokens WHERE last_used_at IS NULL"))
                .isOne();

        accounts.personalTokens.flushLastUsed();

        assertThat(accounts.newPersonalTokens().list(grace.id(), Long.MAX_VALUE, 9))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.lastUsedAt()).isEqualTo(now);
                    assertThat(row.lastUsedIp()).isEqualTo(Accounts.NOBODY.ip());
                });
    }

    @Test
    void itsOwnerIsWarnedOnceAWeekBeforeItsEnd() {
        make(30L);
        make(null);
        make(7L);
        long before = mails();
        assertThat(accounts.personalTokens.warn(50)).isZero();
        accounts.clock.advance(Duration.ofDays(23).minus(MOMENT));
        assertThat(accounts.personalTokens.warn(50)).isZero();
        accounts.clock.advance(MOMENT);

        assertThat(accounts.personalTokens.warn(50)).isOne();
        assertThat(accounts.personalTokens.warn(50)).isZero();
        assertThat(mails()).isEqualTo(before + 1);
    }

    @Test
    void nobodyIsWarnedWhoMayNotActOrHasNoAddress() {
        make(30L);
        accounts.change("UPDATE users SET email = NULL, email_key = NULL WHERE id = ?", grace.id());
        accounts.clock.advance(Duration.ofDays(24));
        assertThat(accounts.personalTokens.warn(50)).isZero();
    }

    @Test
    void expiredOnesAreForgottenAMonthLater() {
        make(1L);
        make(90L);
        make(null);
        accounts.clock.advance(Duration.ofDays(31));
        assertThat(accounts.personalTokens.sweepExpired(50)).isZero();
        accounts.clock.advance(MOMENT);
        assertThat(accounts.personalTokens.sweepExpired(50)).isOne();
        assertThat(accounts.number("SELECT count(*) AS n FROM access_tokens")).isEqualTo(2);
    }

    @Test
    void theSecretStandsNowhere() {
        PersonalTokenForm form = new PersonalTokenForm("Script", null, null);
        CreatedPersonalToken made = accounts.personalTokens.create(maker, form);
        assertThat(made.toString()).doesNotContain("lkp_");
        assertThat(accounts.number(
                        "SELECT count(*) AS n FROM access_tokens WHERE instr(token_hash, ?) > 0", made.token()))
                .isZero();
    }
}
