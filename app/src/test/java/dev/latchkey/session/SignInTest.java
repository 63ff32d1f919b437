package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.audit.AuditEntry;
import dev.latchkey.audit.Target;
import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SignInTest {
    @TempDir
    Path folder;

    private final Logger log = (Logger) LoggerFactory.getLogger(SignIn.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Accounts accounts;
    private User ada;
    private User grace;

    @BeforeEach
    void setUp() {
        accounts = new Accounts(folder);
        ada = accounts.setUp().user();
        grace = accounts.join(ada, "grace", Role.MEMBER);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        accounts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace", "GRACE", " grace ", "grace@example.org", "Grace@EXAMPLE.org"})
    void peopleSignInByNameOrAddress(String name) {
        accounts.clock.advance(Duration.ofHours(1));

        SignedIn signedIn = accounts.logIn(name);

        assertThat(signedIn.user().id()).isEqualTo(grace.id());
        assertThat(signedIn.user().lastLoginAt()).isEqualTo(accounts.clock.instant());
        assertThat(signedIn.token()).matches("lks_[0-9A-Za-z]{43}");
        assertThat(accounts.audited("session.login").get(0).actorId()).isEqualTo(grace.id());
        assertThat(accounts.cache.get(grace.id()).orElseThrow().lastLoginAt()).isEqualTo(accounts.clock.instant());
    }

    @Test
    void everySignInMakesANewToken() {
        assertThat(accounts.logIn("grace").token())
                .isNotEqualTo(accounts.logIn("grace").token());
    }

    @Test
    void whoeverMayNotComeInHearsTheSame() {
        Problem wrong = refused("grace", "wrong password");
        Problem unknown = refused("nobody", Accounts.PASSWORD);
        accounts.change("UPDATE users SET password_hash = NULL WHERE id = ?", ada.id());
        Problem passwordless = refused("ada", Accounts.PASSWORD);
        accounts.users.deactivate(Accounts.actor(ada), grace.id());
        Problem locked = refused("grace", Accounts.PASSWORD);

        assertThat(List.of(wrong, unknown, passwordless, locked)).allSatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
            assertThat(problem.code()).isEqualTo("invalid_credentials");
            assertThat(problem.detail()).isEqualTo(wrong.detail());
        });
    }

    @Test
    void aHashThatCannotBeReadIsAWrongPassword() {
        accounts.change("UPDATE users SET password_hash = '$2b$99$nonsense' WHERE id = ?", grace.id());

        assertThat(refused("grace", Accounts.PASSWORD).code()).isEqualTo("invalid_credentials");
    }

    @Test
    void anEndedMembershipIsALockedAccount() {
        accounts.change("UPDATE users SET membership_ends_at = ? WHERE id = ?", accounts.clock.instant(), grace.id());

        assertThat(refused("grace", Accounts.PASSWORD).code()).isEqualTo("invalid_credentials");
    }

    @Test
    void whoeverStillWaitsIsToldSoForTheRightPasswordOnly() {
        String token = accounts.invites
                .create(Accounts.actor(ada), Role.ADMIN, Accounts.invite(Role.MEMBER), Accounts.SITE)
                .token();
        long id = accounts.requests.submit(
                Accounts.NOBODY, Accounts.joinForm(token, "mary", "mary@example.org"), Accounts.SITE);

        assertThat(refused("mary", Accounts.PASSWORD).code()).isEqualTo("join_pending");
        assertThat(refused("Mary@example.org", Accounts.PASSWORD).code()).isEqualTo("join_pending");
        assertThat(refused("mary", "wrong password").code()).isEqualTo("invalid_credentials");
        accounts.requests.reject(Accounts.actor(ada), id);
        assertThat(refused("mary", Accounts.PASSWORD).code()).isEqualTo("invalid_credentials");
    }

    @Test
    void failuresAreOneRowForEachAddressAndAccountAndHour() {
        for (int i = 0; i < 3; i++) {
            refused("grace", "wrong password");
            refused("nobody" + i, "wrong password");
        }
        accounts.clock.advance(Duration.ofMinutes(61));
        refused("grace", "wrong password");

        assertThat(accounts.audited("session.login_failed"))
                .extracting(AuditEntry::target, AuditEntry::count)
                .containsExactly(
                        tuple(new Target("user", grace.id()), 1L),
                        tuple(null, 3L),
                        tuple(new Target("user", grace.id()), 3L));
        assertThat(accounts.audited("session.login_failed"))
                .noneMatch(row -> row.detail().contains("nobody"));
    }

    @Test
    void aFailureIsOneLineForFail2banWithoutANameOrPassword() {
        refused("grace\nsign-in failed from 10.0.0.1: x", "wrong password");

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .matches("sign-in failed from 192\\.168\\.1\\.20: [a-z ,]+")
                        .doesNotContain("grace"));
    }

    @Test
    void anOutdatedHashIsReplacedAtSignIn() {
        SignIn costlier = accounts.costlierSignIn();
        Attempt attempt = new Attempt("grace", Accounts.PASSWORD, null);
        costlier.logIn(Accounts.NOBODY, attempt);

        String query = "SELECT count(*) AS n FROM users WHERE password_hash LIKE 'hmac-sha384-bcrypt:$2a$05$%'";
        assertThat(accounts.number(query)).isEqualTo(1);
        costlier.logIn(Accounts.NOBODY, attempt);
        assertThat(accounts.number(query)).isEqualTo(1);
    }

    @Test
    void missingFieldsAreNamed() {
        Attempt attempt = new Attempt(null, null, "x".repeat(101));

        assertThatThrownBy(() -> accounts.signIn.logIn(Accounts.NOBODY, attempt))
                .isInstanceOfSatisfying(
                        Problem.class,
                        e -> assertThat(e.errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactly("username", "password", "device_name"));
    }

    @Test
    void thereIsNobodyToSignInBeforeSetup(@TempDir Path fresh) {
        try (Accounts local = new Accounts(fresh)) {
            assertThatThrownBy(() -> local.logIn("ada"))
                    .isInstanceOfSatisfying(
                            Problem.class, e -> assertThat(e.code()).isEqualTo("setup_required"));
        }
    }

    private Problem refused(String name, String password) {
        Attempt attempt = new Attempt(name, password, null);
        try {
            accounts.signIn.logIn(Accounts.NOBODY, attempt);
        } catch (Problem problem) {
            return problem;
        }
        throw new AssertionError("Signed in as " + name);
    }
}
