package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What admins do to accounts: who may, what stays, and what happens when two do it at once. */
class UserAdminTest {
    private static final String SITE = "http://localhost:5397";

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

    private static UserChange role(Role role) {
        return new UserChange(null, null, Optional.of(role), null, null, null);
    }

    private UserChange limit() {
        return new UserChange(
                null,
                null,
                null,
                null,
                null,
                Optional.of(accounts.clock.instant().plus(Duration.ofDays(1))));
    }

    /** All ways for {@code by} to put {@code other} out. */
    private List<Callable<?>> ways(User by, User other) {
        var actor = Accounts.actor(by);
        return List.of(
                () -> accounts.users.deactivate(actor, other.id()),
                () -> accounts.users.change(actor, other.id(), role(Role.MEMBER), SITE),
                () -> accounts.users.change(actor, other.id(), limit(), SITE),
                () -> {
                    accounts.users.remove(actor, other.id());
                    return null;
                });
    }

    @Test
    void ofTwoAdminsWhoPutEachOtherOutOneStays() throws InterruptedException {
        User one = ada;
        for (int round = 0; round < 64; round++) {
            User other = accounts.join(one, "bob" + round, Role.ADMIN);
            List<Callable<?>> attempts =
                    List.of(ways(one, other).get(round % 4), ways(other, one).get(round / 4 % 4));

            Map<String, Integer> outcomes = Race.run(2, attempts::get);

            assertThat(outcomes).isEqualTo(Map.of("won", 1, "last_admin", 1));
            assertThat(admins()).isEqualTo(1);
            boolean first =
                    accounts.number("SELECT count(*) AS n FROM users WHERE id = ? AND " + RELIABLE, one.id()) == 1;
            one = first ? one : other;
        }
    }

    private static final String RELIABLE = "role = 'admin' AND active = 1 AND membership_ends_at IS NULL";

    private long admins() {
        return accounts.number("SELECT count(*) AS n FROM users WHERE " + RELIABLE);
    }

    @Test
    void ofManyAdminsWhoPutEachOtherOutInARingSomebodyStays() throws InterruptedException {
        for (int round = 0; round < 8; round++) {
            int offset = round;
            List<User> ring = new java.util.ArrayList<>(List.of(ada));
            for (int i = 0; i < 5; i++) {
                ring.add(accounts.join(ada, "ring" + round + "-" + i, Role.ADMIN));
            }
            Race.run(6, i -> ways(ring.get(i), ring.get((i + 1) % 6)).get((i + offset) % 4));

            assertThat(admins()).isPositive();
            accounts.change("UPDATE users SET role = 'guest', active = 0 WHERE id <> ?", ada.id());
            accounts.change(
                    "UPDATE users SET role = 'admin', active = 1, membership_ends_at = NULL, deleted_at = NULL WHERE id = ?",
                    ada.id());
        }
    }

    @Test
    void whoIsNoAdminAnyMoreDoesNoHarm() {
        User bob = accounts.join(ada, "bob", Role.ADMIN);
        User carol = accounts.join(ada, "carol", Role.MEMBER);
        accounts.users.change(Accounts.actor(ada), bob.id(), role(Role.MANAGER), SITE);

        for (Callable<?> way : ways(bob, carol)) {
            assertRefused("forbidden", way::call);
        }
        assertRefused("self", () -> accounts.users.change(Accounts.actor(bob), bob.id(), role(Role.ADMIN), SITE));
        assertRefused("forbidden", () -> accounts.secondFactorSettings.reset(Accounts.actor(bob), carol.id()));
        assertRefused("forbidden", () -> accounts.users.activate(Accounts.actor(bob), carol.id()));
        User after = accounts.users.one(carol.id()).user();
        assertThat(after.active()).isTrue();
        assertThat(after.role()).isEqualTo(Role.MEMBER);
        assertThat(after.credentialEpoch()).isEqualTo(carol.credentialEpoch());
        assertThat(accounts.audited("user.delete")).isEmpty();
    }

    @Test
    void nothingPersonalStaysOfWhoIsRemoved() {
        User grace = accounts.join(ada, "grace", Role.MANAGER);
        accounts.logIn("grace");
        for (String row : List.of(
                "one_time_links (user_id, purpose, token_hash, created_at, expires_at) VALUES (?, 'reset', 'h', 1, 2)",
                "second_factors (user_id, sealed_secret, created_at) VALUES (?, 's', 1)",
                "backup_codes (user_id, code_hmac) VALUES (?, 'c')",
                "sign_in_challenges (user_id, token_hash, credential_epoch, created_at, expires_at)"
                        + " VALUES (?, 'h', 0, 1, 2)",
                "sign_in_failures (account, failures, last_failure_at) VALUES ('user:' || ?, 3, 1)")) {
            accounts.change("INSERT INTO " + row, grace.id());
        }
        accounts.change(
                "INSERT INTO mail (recipient, subject, state, created_at) VALUES ('grace@example.org', 'x', 'pending', 1)");
        accounts.change("UPDATE users SET phone = 'p', job_title = 'j', timezone = 'UTC' WHERE id = ?", grace.id());

        accounts.users.remove(Accounts.actor(ada), grace.id());

        for (String table : List.of(
                "sessions",
                "one_time_links",
                "second_factors",
                "backup_codes",
                "sign_in_challenges",
                "known_addresses")) {
            assertThat(accounts.number("SELECT count(*) AS n FROM " + table + " WHERE user_id = ?", grace.id()))
                    .as(table)
                    .isZero();
        }
        assertThat(accounts.number(
                        "SELECT count(*) AS n FROM sign_in_failures WHERE account = 'user:' || ?", grace.id()))
                .isZero();
        assertThat(accounts.number("SELECT count(*) AS n FROM mail WHERE recipient = 'grace@example.org'"))
                .isZero();
        assertThat(accounts.number(
                        "SELECT count(*) AS n FROM join_requests WHERE username = 'grace' OR email LIKE 'grace%'"))
                .isZero();
        assertThat(accounts.number("""
                        SELECT count(*) AS n FROM users WHERE id = ? AND username = 'former member ' || id
                            AND display_name = 'former member' AND password_hash IS NULL
                            AND coalesce(email, email_key, phone, job_title, timezone, last_login_at) IS NULL
                            AND active = 0 AND role = 'guest' AND deleted_at IS NOT NULL""", grace.id())).isEqualTo(1);
        assertRefused("not_found", () -> accounts.users.one(grace.id()));
        assertRefused("not_found", () -> accounts.users.activate(Accounts.actor(ada), grace.id()));
        assertRefused("not_found", () -> accounts.users.remove(Accounts.actor(ada), grace.id()));
    }

    @Test
    void theLinksThatWentToTheOldAddressAreDead() {
        User grace = accounts.join(ada, "grace", Role.MEMBER);
        String reset = accounts.database.write(sql ->
                accounts.links.reset(sql, grace.id(), Duration.ofHours(1)).token());
        UserChange change = new UserChange(null, Optional.of("new@example.org"), null, null, null, null);

        accounts.users.change(Accounts.actor(ada), grace.id(), change, SITE);

        boolean found = accounts.database.read(sql ->
                accounts.links.find(sql, OneTimeLink.Purpose.RESET, reset).isPresent());
        assertThat(found).isFalse();
        assertThat(accounts.number("SELECT count(*) AS n FROM mail WHERE recipient = 'new@example.org'"))
                .as("mails that ask whether the address is read")
                .isEqualTo(1);
    }

    @Test
    void namesStayOutOfText() {
        assertThat("" + new NewUser("secretname", "secret", "secretname", "secret@x", Role.GUEST)
                        + new UserChange(Optional.of("secretname"), Optional.of("secret@x"), null, null, null, null)
                        + new UserFilter(null, null, "secret")
                        + new CreatedUser(ada, "secret")
                        + new ManagedUser(accounts.join(ada, "secretname", Role.GUEST), null)
                        + UserSettings.of(accounts.join(ada, "secretname2", Role.GUEST)))
                .doesNotContain("secret");
    }

    private static void assertRefused(String code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
