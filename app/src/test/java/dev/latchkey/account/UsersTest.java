package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {
    @TempDir
    Path folder;

    private Accounts accounts;
    private User ada;

    @BeforeEach
    void setUp() {
        accounts = new Accounts(folder);
        ada = accounts.setUp().user();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    @Test
    void deactivationIsAuditedOnceAndRepeatable() {
        User grace = accounts.join(ada, "grace", Role.MEMBER);

        assertThat(accounts.users
                        .deactivate(Accounts.actor(ada), grace.id())
                        .user()
                        .active())
                .isFalse();
        assertThat(accounts.users
                        .deactivate(Accounts.actor(ada), grace.id())
                        .user()
                        .active())
                .isFalse();
        assertThat(accounts.users
                        .activate(Accounts.actor(ada), grace.id())
                        .user()
                        .active())
                .isTrue();
        assertThat(accounts.users
                        .activate(Accounts.actor(ada), grace.id())
                        .user()
                        .active())
                .isTrue();

        assertThat(accounts.audited("user.deactivate")).hasSize(1);
        assertThat(accounts.audited("user.activate")).hasSize(1);
    }

    @Test
    void nobodyDeactivatesThemselvesOrTheLastAdmin() {
        User bob = accounts.join(ada, "bob", Role.ADMIN);

        assertRefused("self", () -> accounts.users.deactivate(Accounts.actor(ada), ada.id()));
        assertRefused("not_found", () -> accounts.users.deactivate(Accounts.actor(ada), 999));
        assertRefused("not_found", () -> accounts.users.activate(Accounts.actor(ada), 999));
        accounts.users.deactivate(Accounts.actor(ada), bob.id());
        assertRefused("last_admin", () -> accounts.users.deactivate(Accounts.actor(bob), ada.id()));
    }

    @Test
    void anAdminWhoseMembershipEndedIsNoAdminToRelyOn() {
        User bob = accounts.join(ada, "bob", Role.ADMIN);
        accounts.change(
                "UPDATE users SET membership_ends_at = ? WHERE id = ?",
                accounts.clock.instant().minusMillis(1),
                bob.id());

        assertRefused("last_admin", () -> accounts.users.deactivate(Accounts.actor(bob), ada.id()));
    }

    @Test
    void ofTwoAdminsWhoLockEachOtherOutOneStays() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            User bob = accounts.join(ada, "bob" + round, Role.ADMIN);
            Map<String, Integer> outcomes = Race.run(
                    2,
                    i -> () -> i == 0
                            ? accounts.users.deactivate(Accounts.actor(ada), bob.id())
                            : accounts.users.deactivate(Accounts.actor(bob), ada.id()));

            assertThat(outcomes).isEqualTo(Map.of("won", 1, "last_admin", 1));
            accounts.change("UPDATE users SET active = CASE WHEN id = ? THEN 1 ELSE 0 END", ada.id());
        }
    }

    @Test
    void peopleChangeTheirOwnProfileFieldByField() {
        User changed = change(new ProfileChange(
                Optional.of(" Ada King "), null, Optional.of("+44 20"), null, Optional.of("Europe/London"), null));

        assertThat(changed.displayName()).isEqualTo("Ada King");
        assertThat(changed.phone()).isEqualTo("+44 20");
        assertThat(changed.timezone()).isEqualTo("Europe/London");
        assertThat(accounts.audited("user.update"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail()).isEqualTo("changed display_name, phone, timezone"));

        User cleared = change(new ProfileChange(Optional.empty(), null, Optional.of("  "), null, null, null));
        assertThat(cleared.displayName()).isEqualTo("ada");
        assertThat(cleared.phone()).isNull();
        assertThat(cleared.timezone()).isEqualTo("Europe/London");

        change(new ProfileChange(null, null, null, null, null, null));
        assertThat(accounts.audited("user.update")).hasSize(2);
    }

    @Test
    void anotherAddressNeedsThePasswordAndIsUnverified() {
        User verified = change(email("ada@example.org", Accounts.PASSWORD));
        accounts.change("UPDATE users SET email_verified = 1");
        accounts.cache.remove(verified.id());

        assertRefused("wrong_password", () -> change(email("new@example.org", null)));
        assertRefused("wrong_password", () -> change(email("new@example.org", "correct horse")));
        assertRefused("wrong_password", () -> change(email(null, null)));
        assertThat(change(email("ada@example.org", null)).emailVerified()).isTrue();
        assertThat(change(email("Ada@example.org", Accounts.PASSWORD)).email()).isEqualTo("Ada@example.org");
        User changed = change(email("new@example.org", Accounts.PASSWORD));
        assertThat(changed.email()).isEqualTo("new@example.org");
        assertThat(changed.emailVerified()).isFalse();
        assertThat(change(email(null, Accounts.PASSWORD)).email()).isNull();
    }

    @Test
    void anAddressOfSomebodyElseIsTaken() {
        accounts.join(ada, "grace", Role.MEMBER);

        assertRefused("email_taken", () -> change(email("GRACE@example.org", Accounts.PASSWORD)));
    }

    @ParameterizedTest
    @CsvSource({"display_name", "email", "phone", "job_title", "timezone"})
    void aBadFieldIsNamed(String field) {
        Optional<String> bad = Optional.of("x\0".repeat(300));
        ProfileChange change = new ProfileChange(
                field.equals("display_name") ? bad : null,
                field.equals("email") ? bad : null,
                field.equals("phone") ? bad : null,
                field.equals("job_title") ? bad : null,
                field.equals("timezone") ? bad : null,
                null);

        assertThatThrownBy(() -> change(change))
                .isInstanceOfSatisfying(
                        Problem.class,
                        e -> assertThat(e.errors())
                                .extracting(Problem.FieldError::field)
                                .containsOnly(field));
    }

    @Test
    void aQuotaHoldsInARace() throws InterruptedException {
        accounts.change("UPDATE users SET quota_bytes = 100");

        Map<String, Integer> outcomes = Race.run(50, i -> () -> {
            if (!accounts.database.write(sql -> accounts.usage.add(sql, ada.id(), 30))) {
                throw Problem.forbidden("quota_exceeded", "full");
            }
            return null;
        });
        accounts.usage.changed(ada.id());

        assertThat(outcomes).isEqualTo(Map.of("won", 3, "quota_exceeded", 47));
        assertThat(accounts.cache.get(ada.id()).orElseThrow().usedBytes()).isEqualTo(90);
    }

    @Test
    void usageNeverFallsBelowNothing() {
        accounts.database.run(sql -> accounts.usage.add(sql, ada.id(), 30));
        accounts.database.run(sql -> accounts.usage.remove(sql, ada.id(), 10));
        assertThat(accounts.number("SELECT used_bytes AS n FROM users")).isEqualTo(20);

        accounts.database.run(sql -> accounts.usage.remove(sql, ada.id(), 25));
        assertThat(accounts.number("SELECT used_bytes AS n FROM users")).isZero();
    }

    @Test
    void namesStayOutOfText() {
        assertThat(Accounts.firstAdmin("secretname").toString()
                        + new PersonForm("secretname", "secret", "secretname", "secretname@x")
                        + new ProfileChange(Optional.of("secretname"), null, null, null, null, "secret")
                        + Accounts.joinForm("secret", "secretname", "secretname@x")
                        + accounts.join(ada, "secretname", Role.MEMBER)
                        + accounts.requests.list(null, Long.MAX_VALUE, 10))
                .doesNotContain("secret");
    }

    private static ProfileChange email(String email, String password) {
        return new ProfileChange(null, Optional.ofNullable(email), null, null, null, password);
    }

    private User change(ProfileChange change) {
        return accounts.profiles.change(Accounts.actor(ada), change, Accounts.SITE);
    }

    private static void assertRefused(String code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
