package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.audit.Actor;
import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JoiningTest {
    @TempDir
    Path folder;

    private Accounts accounts;
    private User admin;

    @BeforeEach
    void setUp() {
        accounts = new Accounts(folder);
        admin = accounts.setUp().user();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    @Test
    void anInviteShowsItsStateAndNeverItsToken() {
        CreatedInvite used = accounts.invites.create(actor(), Role.ADMIN, Accounts.invite(Role.GUEST), Accounts.SITE);
        submit(used.token(), "grace");
        CreatedInvite open = accounts.invites.create(actor(), Role.ADMIN, Accounts.invite(Role.MEMBER), Accounts.SITE);
        accounts.invites.create(actor(), Role.ADMIN, lasting(1), Accounts.SITE);
        accounts.clock.advance(Duration.ofHours(1));

        assertThat(accounts.invites.list(Long.MAX_VALUE, 10))
                .extracting(Invite::state)
                .containsExactly(Invite.State.EXPIRED, Invite.State.OPEN, Invite.State.USED);
        assertThat(accounts.invites.list(open.id(), 10))
                .singleElement()
                .satisfies(invite -> assertThat(invite.createdBy()).isEqualTo(new Person(admin.id(), "ada")));
        assertThat(open.expiresAt()).isEqualTo(accounts.clock.instant().plus(Duration.ofHours(71)));
        assertThat(accounts.number("SELECT count(*) AS n FROM invites WHERE token_hash LIKE '%lki%'"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aManagerGrantsGuestOrMemberOnly(Role role) {
        ThrowingCallable create =
                () -> accounts.invites.create(actor(), Role.MANAGER, Accounts.invite(role), Accounts.SITE);

        if (role.atLeast(Role.MANAGER)) {
            assertRefused("role_too_high", create);
        } else {
            assertThat(accounts.invites
                            .create(actor(), Role.MANAGER, Accounts.invite(role), Accounts.SITE)
                            .token())
                    .startsWith("lki_");
        }
        assertThat(accounts.invites
                        .create(actor(), Role.ADMIN, Accounts.invite(role), Accounts.SITE)
                        .token())
                .startsWith("lki_");
    }

    static Stream<InviteForm> badInvites() {
        return Stream.of(
                new InviteForm(Optional.of(0L), null, null, null, null, null, null),
                new InviteForm(Optional.of(8761L), null, null, null, null, null, null),
                new InviteForm(Optional.empty(), null, null, null, null, null, null),
                new InviteForm(null, null, "nobody", null, null, null, null),
                new InviteForm(null, null, null, null, 0L, null, null),
                new InviteForm(null, null, null, null, Long.MAX_VALUE, null, null),
                new InviteForm(null, null, null, null, null, -1L, null),
                new InviteForm(null, null, null, null, null, null, "x".repeat(501)));
    }

    @ParameterizedTest
    @MethodSource("badInvites")
    void anInviteThatMakesNoSenseIsRefused(InviteForm form) {
        assertRefused("invalid_fields", () -> accounts.invites.create(actor(), Role.ADMIN, form, Accounts.SITE));
    }

    @Test
    void aDeletedInviteOpensNothingAndItsRequestStays() {
        CreatedInvite invite =
                accounts.invites.create(actor(), Role.ADMIN, Accounts.invite(Role.MEMBER), Accounts.SITE);
        CreatedInvite used = accounts.invites.create(actor(), Role.ADMIN, Accounts.invite(Role.MEMBER), Accounts.SITE);
        long id = submit(used.token(), "grace");

        accounts.invites.delete(actor(), invite.id());
        accounts.invites.delete(actor(), used.id());

        assertRefused("invite_invalid", () -> submit(invite.token(), "mary"));
        assertRefused("not_found", () -> accounts.invites.delete(actor(), invite.id()));
        assertThat(accounts.requests
                        .approve(actor(), Role.ADMIN, id, Accounts.SITE)
                        .role())
                .isEqualTo(Role.MEMBER);
        assertThat(accounts.requests.list(null, Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(request -> assertThat(request.inviteId()).isNull());
    }

    @Test
    void approvalGivesWhatTheInviteGranted() {
        InviteForm form = new InviteForm(null, Role.GUEST, "Grace@Example.org", null, 10L, 5000L, "next door");
        String token = accounts.invites
                .create(actor(), Role.ADMIN, form, Accounts.SITE)
                .token();
        long id = accounts.requests.submit(
                Accounts.NOBODY, Accounts.joinForm(token, "Grace", "grace@example.ORG"), Accounts.SITE);
        accounts.clock.advance(Duration.ofDays(1));

        User grace = accounts.requests.approve(actor(), Role.MANAGER, id, Accounts.SITE);

        assertThat(grace.username()).isEqualTo("grace");
        assertThat(grace.email()).isEqualTo("grace@example.ORG");
        assertThat(grace.role()).isEqualTo(Role.GUEST);
        assertThat(grace.quotaBytes()).isEqualTo(5000);
        assertThat(grace.membershipEndsAt()).isEqualTo(accounts.clock.instant().plus(Duration.ofDays(10)));
        assertThat(accounts.logIn("GRACE@example.org").user().id()).isEqualTo(grace.id());
        assertThat(accounts.number("SELECT count(*) AS n FROM join_requests WHERE password_hash IS NOT NULL"))
                .isZero();
        assertThat(accounts.requests.list(JoinRequest.Status.APPROVED, Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(request -> assertThat(request.decidedBy()).isEqualTo(new Person(admin.id(), "ada")));
    }

    @Test
    void aRejectedNameIsFreeAgainAndThePasswordForgotten() {
        long id = submit(newToken(), "grace");
        accounts.requests.reject(actor(), id);

        assertRefused("already_decided", () -> accounts.requests.reject(actor(), id));
        assertRefused("already_decided", () -> accounts.requests.approve(actor(), Role.ADMIN, id, Accounts.SITE));
        assertRefused("not_found", () -> accounts.requests.reject(actor(), id + 1));
        assertThat(accounts.number("SELECT count(*) AS n FROM join_requests WHERE password_hash IS NOT NULL"))
                .isZero();
        assertThat(submit(newToken(), "grace")).isGreaterThan(id);
    }

    @Test
    void aManagerLetsNobodyInAboveMember() {
        String token = accounts.invites
                .create(actor(), Role.ADMIN, Accounts.invite(Role.MANAGER), Accounts.SITE)
                .token();
        long id = submit(token, "grace");

        assertRefused("role_too_high", () -> accounts.requests.approve(actor(), Role.MANAGER, id, Accounts.SITE));
        assertThat(accounts.requests
                        .approve(actor(), Role.ADMIN, id, Accounts.SITE)
                        .role())
                .isEqualTo(Role.MANAGER);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("invite_invalid", "lki_unknown", "mary", null, Accounts.PASSWORD),
                Arguments.of("invite_email_mismatch", null, "mary", "other@example.org", Accounts.PASSWORD),
                Arguments.of("invite_email_mismatch", null, "mary", null, Accounts.PASSWORD),
                Arguments.of("username_taken", null, "ADA", "mary@example.org", Accounts.PASSWORD),
                Arguments.of("username_taken", null, "Waiting", "mary@example.org", Accounts.PASSWORD),
                Arguments.of("password_refused", null, "mary", "mary@example.org", "password"),
                Arguments.of("invalid_fields", null, "m@ry", "mary@example.org", Accounts.PASSWORD),
                Arguments.of("invalid_fields", null, "mary", "mary@example.org", null));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusedRequestLeavesTheInviteAsItWas(
            String code, String token, String username, String email, String password) {
        submit(newToken(), "waiting");
        InviteForm form = new InviteForm(null, null, "Mary@example.org", null, null, null, null);
        String invite = accounts.invites
                .create(actor(), Role.ADMIN, form, Accounts.SITE)
                .token();
        JoinForm request = new JoinForm(token == null ? invite : token, username, password, null, email);

        assertRefused(code, () -> accounts.requests.submit(Accounts.NOBODY, request, Accounts.SITE));

        accounts.requests.submit(Accounts.NOBODY, Accounts.joinForm(invite, "mary", "mary@example.org"), Accounts.SITE);
        assertRefused("invite_invalid", () -> submit(invite, "mary2"));
    }

    @Test
    void anAddressBelongsToOneAccountOrRequest() {
        accounts.join(admin, "grace", Role.MEMBER);
        accounts.requests.submit(
                Accounts.NOBODY, Accounts.joinForm(newToken(), "mary", "mary@example.org"), Accounts.SITE);

        assertRefused(
                "email_taken",
                () -> accounts.requests.submit(
                        Accounts.NOBODY, Accounts.joinForm(newToken(), "eve", "GRACE@example.org"), Accounts.SITE));
        assertRefused(
                "email_taken",
                () -> accounts.requests.submit(
                        Accounts.NOBODY, Accounts.joinForm(newToken(), "eve", "Mary@Example.org"), Accounts.SITE));
    }

    @Test
    void anExpiredInviteLooksLikeAnUnknownOne() {
        String token = accounts.invites
                .create(actor(), Role.ADMIN, lasting(1), Accounts.SITE)
                .token();
        accounts.clock.advance(Duration.ofHours(1));

        assertRefused("invite_invalid", () -> submit(token, "grace"));
    }

    @Test
    void nobodyJoinsBeforeSetup(@TempDir Path fresh) {
        try (Accounts local = new Accounts(fresh)) {
            assertRefused(
                    "setup_required",
                    () -> local.requests.submit(
                            Accounts.NOBODY, Accounts.joinForm("lki_x", "eve", null), Accounts.SITE));
        }
    }

    @Test
    void ofFiftyWithOneInviteOneIsHeard() throws InterruptedException {
        String token = newToken();

        Map<String, Integer> outcomes = Race.run(50, i -> () -> submit(token, "person" + i));

        assertThat(outcomes).containsEntry("won", 1);
        assertThat(outcomes.keySet()).isSubsetOf("won", "invite_invalid", "busy");
        assertThat(accounts.number("SELECT count(*) AS n FROM join_requests")).isEqualTo(1);
    }

    @Test
    void ofFiftyWhoWantOneNameOneGetsItAndTheOthersKeepTheirInvites() throws InterruptedException {
        List<String> tokens = IntStream.range(0, 50).mapToObj(i -> newToken()).toList();

        Map<String, Integer> outcomes = Race.run(50, i -> () -> submit(tokens.get(i), "grace"));

        assertThat(outcomes).containsEntry("won", 1);
        assertThat(outcomes.keySet()).isSubsetOf("won", "username_taken", "busy");
        assertThat(accounts.number("SELECT count(*) AS n FROM invites WHERE used_at IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void ofFiftyWhoDecideOneWins() throws InterruptedException {
        long id = submit(newToken(), "grace");

        Map<String, Integer> outcomes = Race.run(50, i -> () -> {
            if (i % 2 == 0) {
                return accounts.requests.approve(actor(), Role.ADMIN, id, Accounts.SITE);
            }
            accounts.requests.reject(actor(), id);
            return null;
        });

        assertThat(outcomes).isEqualTo(Map.of("won", 1, "already_decided", 49));
        int decisions = accounts.audited("join_request.approve").size()
                + accounts.audited("join_request.reject").size();
        assertThat(decisions).isEqualTo(1);
    }

    private static InviteForm lasting(long hours) {
        return new InviteForm(Optional.of(hours), null, null, null, null, null, null);
    }

    private String newToken() {
        return accounts.invites
                .create(actor(), Role.ADMIN, Accounts.invite(Role.MEMBER), Accounts.SITE)
                .token();
    }

    private long submit(String token, String username) {
        return accounts.requests.submit(Accounts.NOBODY, Accounts.joinForm(token, username, null), Accounts.SITE);
    }

    private Actor actor() {
        return Accounts.actor(admin);
    }

    private static void assertRefused(String code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
