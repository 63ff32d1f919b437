package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import dev.latchkey.session.SignedIn;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTest {
    @TempDir
    Path folder;

    private Accounts accounts;

    @BeforeEach
    void open() {
        accounts = new Accounts(folder);
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    @Test
    void makesAnAdminWhoIsSignedInAtOnce() {
        SignedIn admin = accounts.setUp();

        assertThat(admin.user().role()).isEqualTo(Role.ADMIN);
        assertThat(admin.user().displayName()).isEqualTo("ada");
        assertThat(admin.user().lastLoginAt()).isEqualTo(accounts.clock.instant());
        assertThat(accounts.resolve(admin.token()))
                .hasValueSatisfying(caller ->
                        assertThat(caller.userId()).isEqualTo(admin.user().id()));
        assertThat(accounts.instance.isShared()).isTrue();
        assertThat(accounts.audited("instance.setup"))
                .singleElement()
                .satisfies(
                        row -> assertThat(row.actorId()).isEqualTo(admin.user().id()));
    }

    @Test
    void worksOnce() {
        accounts.setUp();

        assertThatThrownBy(() -> accounts.signIn.setUp(Accounts.NOBODY, Accounts.firstAdmin("eve"), Accounts.SITE))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("already_set_up"));
        assertThat(accounts.number("SELECT count(*) AS n FROM users")).isEqualTo(1);
    }

    @Test
    void stillWorksOnceAfterARestart() {
        accounts.setUp();
        accounts.close();
        accounts = new Accounts(folder);

        assertThat(accounts.instance.isShared()).isTrue();
        assertThatThrownBy(accounts::setUp)
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("already_set_up"));
    }

    @Test
    void ofFiftyAtOnceOneBecomesAdmin() throws InterruptedException {
        Map<String, Integer> outcomes = Race.run(
                50,
                i -> () -> accounts.setup.run(
                        Accounts.NOBODY, Accounts.firstAdmin("admin" + i), Accounts.SITE, (sql, user) -> user));

        assertThat(outcomes).containsEntry("won", 1);
        assertThat(outcomes.keySet()).isSubsetOf("won", "already_set_up", "busy");
        assertThat(accounts.number("SELECT count(*) AS n FROM users")).isEqualTo(1);
        assertThat(accounts.audited("instance.setup")).hasSize(1);
        assertThat(accounts.instance.isShared()).isTrue();
    }

    @Test
    void aSetupThatFailsLeavesTheLibraryLocal() {
        assertThatThrownBy(() ->
                        accounts.setup.run(Accounts.NOBODY, Accounts.firstAdmin("ada"), Accounts.SITE, (sql, user) -> {
                            throw new IllegalStateException("the disk is full");
                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(accounts.instance.isShared()).isFalse();
        assertThat(accounts.number("SELECT count(*) AS n FROM users")).isZero();
        assertThat(accounts.setUp().user().username()).isEqualTo("ada");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ABCD-EFGH-JKLM", "----", "null"})
    void aCallerFromElsewhereNeedsTheCode(String code) {
        accounts.code.show();

        assertThatThrownBy(() -> accounts.signIn.setUp(Accounts.NOBODY, fromElsewhere(code), Accounts.SITE))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("setup_code_required"));
        assertThat(accounts.instance.isShared()).isFalse();
    }

    @Test
    void theCodeIsReadWithoutRegardToCaseDashesAndBlanks() {
        String typed = " " + accounts.code.show().replace("-", " ").toLowerCase(Locale.ROOT) + " ";

        accounts.signIn.setUp(Accounts.NOBODY, fromElsewhere(typed), Accounts.SITE);

        assertThat(accounts.instance.isShared()).isTrue();
    }

    @Test
    void theCodeIsPrivateAndStaysTheSameUntilSetup() throws Exception {
        String code = accounts.code.show();

        assertThat(code).matches("[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}");
        assertThat(new SetupCode(accounts.codeFile, accounts.secrets).show()).isEqualTo(code);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accounts.codeFile)))
                .isEqualTo("rw-------");
        accounts.setUp();
        assertThat(accounts.codeFile).doesNotExist();
    }

    @Test
    void everyBadFieldIsNamed() {
        PersonForm person = new PersonForm("no spaces", null, "two\nlines", "nobody");

        assertThatThrownBy(
                        () -> accounts.signIn.setUp(Accounts.NOBODY, new SetupForm(person, true, null), Accounts.SITE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        e -> assertThat(e.errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactlyInAnyOrder("username", "password", "display_name", "email"));
    }

    @Test
    void usernamesAreStoredInLowerCase() {
        SignedIn admin = accounts.signIn.setUp(Accounts.NOBODY, Accounts.firstAdmin("Ada.Lovelace_1-x"), Accounts.SITE);

        assertThat(admin.user().username()).isEqualTo("ada.lovelace_1-x");
        assertThat(admin.user().displayName()).isEqualTo("ada.lovelace_1-x");
    }

    private static SetupForm fromElsewhere(String code) {
        PersonForm person = new PersonForm("ada", Accounts.PASSWORD, null, null);
        return new SetupForm(person, false, code);
    }
}
