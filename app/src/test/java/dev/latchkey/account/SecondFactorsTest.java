package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.audit.Actor;
import dev.latchkey.crypto.Totp;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Attempt;
import dev.latchkey.session.SignInStep;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondFactorsTest {
    @TempDir
    Path folder;

    private Accounts accounts;
    private SecondFactorSettings settings;
    private Actor ada;
    private String secret;
    private List<String> backupCodes;

    @BeforeEach
    void switchOn() {
        accounts = new Accounts(folder);
        settings = accounts.secondFactorSettings;
        ada = Accounts.actor(accounts.setUp().user());
        secret = settings.enroll(ada, Accounts.PASSWORD).secret();
        backupCodes = settings.confirm(ada, code());
        accounts.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private String code() {
        return Totp.code(secret, accounts.clock.instant());
    }

    private String codeAfter(Duration time) {
        return Totp.code(secret, accounts.clock.instant().plus(time));
    }

    private boolean verify(String code) {
        return accounts.database.write(sql -> accounts.secondFactors.verify(sql, ada.userId(), code));
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aCodeWorksOnce() {
        assertThat(verify(code())).isTrue();
        assertThat(verify(code())).isFalse();
    }

    @Test
    void aCodeIsUsedUpTogetherWithAllBeforeIt() {
        assertThat(verify(codeAfter(Duration.ofSeconds(30)))).isTrue();
        assertThat(verify(code())).isFalse();
        assertThat(verify(codeAfter(Duration.ofSeconds(-30)))).isFalse();
    }

    @Test
    void noCodeComesBackWhenTheClockIsSetBack() {
        String used = code();
        assertThat(verify(used)).isTrue();
        accounts.clock.advance(Duration.ofMinutes(-2));
        String earlier = code();

        assertThat(verify(used)).isFalse();
        assertThat(verify(earlier)).isFalse();
        accounts.clock.advance(Duration.ofMinutes(3));
        assertThat(verify(code())).isTrue();
    }

    @Test
    void aClockThatWasFarAheadKeepsNobodyOut() {
        accounts.clock.advance(Duration.ofDays(400));
        assertThat(verify(code())).isTrue();
        accounts.clock.advance(Duration.ofDays(-400).plusMinutes(5));

        String now = code();
        assertThat(verify(now)).isTrue();
        assertThat(verify(now)).as("once").isFalse();
        accounts.clock.advance(Duration.ofMinutes(2));
        assertThat(verify(now)).isFalse();
        assertThat(verify(code())).isTrue();
    }

    @Test
    void theCodeThatConfirmedIsUsedUp() {
        accounts.clock.advance(Duration.ofMinutes(-1));
        assertThat(verify(code())).isFalse();
    }

    @Test
    void fiftyUsesOfABackupCodeAreOne() throws InterruptedException {
        String code = backupCodes.get(3);
        assertThat(Race.run(50, number -> () -> {
                    if (!verify(code)) {
                        throw SecondFactors.wrongCode();
                    }
                    return null;
                }))
                .containsEntry("won", 1)
                .containsEntry("wrong_code", 49);
    }

    @Test
    void backupCodesAreTypedAsPeopleTypeThem() {
        assertThat(backupCodes).hasSize(10).doesNotHaveDuplicates();
        assertThat(verify(backupCodes.get(0).toLowerCase(Locale.ROOT))).isTrue();
        assertThat(verify(" " + backupCodes.get(1).replace("-", " ") + "\n")).isTrue();
        assertThat(verify(backupCodes.get(2).replace("-", ""))).isTrue();
        assertThat(verify("")).isFalse();
        assertThat(verify("-")).isFalse();
        assertThat(verify("AAAAA-AAAAA")).isFalse();
    }

    @Test
    void anotherSecretMakesTheFirstUselessAndOldBackupCodesToo() {
        settings.disable(ada, Accounts.PASSWORD, backupCodes.get(0));
        assertThat(verify(code())).isFalse();
        assertThat(verify(backupCodes.get(1))).isFalse();

        String second = settings.enroll(ada, Accounts.PASSWORD).secret();
        assertThat(verify(Totp.code(second, accounts.clock.instant()))).isFalse();
        assertThat(accounts.cache.get(ada.userId()).orElseThrow().secondFactor())
                .isFalse();
        String third = settings.enroll(ada, Accounts.PASSWORD).secret();
        refused("wrong_code", () -> settings.confirm(ada, Totp.code(second, accounts.clock.instant())));
        settings.confirm(ada, Totp.code(third, accounts.clock.instant()));
        assertThat(accounts.cache.get(ada.userId()).orElseThrow().secondFactor())
                .isTrue();
    }

    @Test
    void whatIsOnOrOffIsSaidBeforeAnythingIsCompared() {
        refused("second_factor_on", () -> settings.enroll(ada, "wrong"));
        refused("second_factor_on", () -> settings.confirm(ada, code()));
        settings.disable(ada, Accounts.PASSWORD, code());
        refused("second_factor_off", () -> settings.disable(ada, "wrong", "000000"));
        refused("second_factor_off", () -> settings.regenerate(ada, "wrong", "000000"));
        refused("second_factor_off", () -> settings.confirm(ada, code()));
    }

    @Test
    void guessingCodesGetsSlowEvenWhereThePersonSignsIn() {
        for (int i = 0; i < 10; i++) {
            refused("wrong_code", () -> settings.disable(ada, Accounts.PASSWORD, "no code"));
        }
        refused("rate_limited", () -> settings.disable(ada, Accounts.PASSWORD, code()));
        assertThat(delayedUntil())
                .as("what admins see")
                .contains(accounts.clock.instant().plusSeconds(15));
        assertThat(accounts.signIn.logIn(ada, new Attempt("ada", Accounts.PASSWORD, null)))
                .isInstanceOf(SignInStep.CodeNeeded.class);
        assertThat(accounts.audited("second_factor.confirm_failed"))
                .singleElement()
                .satisfies(row -> assertThat(row.count()).isEqualTo(10));
        accounts.clock.advance(Duration.ofSeconds(15));
        settings.disable(ada, Accounts.PASSWORD, code());
        assertThat(delayedUntil()).isEmpty();
        accounts.database.run(sql -> accounts.delays.clear(sql, ada.userId()));
        assertThat(accounts.number("SELECT count(*) AS n FROM sign_in_failures"))
                .isZero();
    }

    private Optional<Instant> delayedUntil() {
        return accounts.database.read(sql -> accounts.delays.delayedUntil(sql, ada.userId()));
    }

    @Test
    void theSecretLiesInTheDatabaseSealed() {
        String query = "SELECT count(*) AS n FROM second_factors WHERE sealed_secret LIKE '%' || ? || '%'";
        assertThat(accounts.number(query, secret)).isZero();
        assertThat(accounts.number("SELECT count(*) AS n FROM backup_codes WHERE length(code_hmac) = 64"))
                .isEqualTo(10);
    }

    @Test
    void whatIsPrintedByMistakeTellsNothing() {
        assertThat(new Enrolment(secret, "otpauth://x").toString()).doesNotContain(secret, "otpauth");
    }
}
