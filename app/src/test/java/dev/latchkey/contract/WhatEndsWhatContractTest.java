package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What ends what: each event of an account against each credential that its owner holds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatEndsWhatContractTest {
    /**
     * Of each event, what becomes of: the session that asks, another session, the access and the refresh token of one
     * family, those of another family, and a reset link. x is dead, + lives, . is not said.
     */
    private static final String TABLE = """
            nothing                                    + + + + + + +
            logout                                     x + + + + + +
            logout with a refresh token in the body    x + x x + + +
            logout by an access token                  + + x x + + +
            end of another session                     + x + + + + +
            end of a family                            + + x x + + +
            end of the others by a session             + x x x x x +
            end of the others by an access token       x x + + x x +
            revocation of a refresh token              + + x x + + +
            revocation of a token that is unknown      + + + + + + +
            reuse of a refresh token                   + + x x + + +
            password change by a session               + x x x x x x
            password change by an access token         x x + + x x x
            password change that is refused            + + + + + + +
            password reset                             x x x x x x x
            password reset that is refused             + + + + + + +
            password set by an admin                   x x x x x x x
            end of sign-ins by an admin                x x x x x x .
            reset link by an admin                     + + + + + + .
            delay cleared by an admin                  + + + + + + +
            role changed                               + + x + x + +
            role changed to what it was                + + + + + + +
            name changed by an admin                   + + + + + + +
            quota changed by an admin                  + + + + + + +
            e-mail changed by an admin                 + + + + + + x
            e-mail changed by oneself                  + + + + + + x
            deactivation                               x x x x x x x
            deactivation by a change                   x x x x x x x
            deactivation and activation                x x x x x x x
            deletion                                   x x x x x x x
            membership that ends later                 + + + + + + +
            membership that has ended                  x x x x x x x
            membership that ended and was renewed      x x x x x x x
            membership that ended and has no end now   x x x x x x x
            restart                                    + + + + + + +
            """;

    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private record Holder(Person own, Person other, Tokens family, Tokens otherFamily, String resetLink) {}

    private Holder holder() {
        Person person = keys.somebody("member");
        return new Holder(
                person, world.signIn(person), keys.tokens(person), keys.tokens(person), keys.resetToken(person));
    }

    private Map<String, Consumer<Holder>> events() {
        Map<String, Consumer<Holder>> events = new LinkedHashMap<>();
        events.put("nothing", h -> {});
        events.put("restart", h -> world.server().restart());
        byTheOwner(events);
        byTokens(events);
        byPasswords(events);
        byAnAdmin(events);
        byTheEndOfAMembership(events);
        return events;
    }

    private void byTheOwner(Map<String, Consumer<Holder>> events) {
        events.put("logout", h -> logout(h.own().token()).json().expect(200));
        events.put(
                "logout with a refresh token in the body",
                h -> logout(h.own().token())
                        .json("refresh_token", h.family().refresh())
                        .expect(200));
        events.put(
                "logout by an access token",
                h -> logout(h.family().access()).json().expect(200));
        events.put("end of another session", h -> end(h, h.other().token()));
        events.put("end of a family", h -> end(h, h.family().access()));
        events.put("end of the others by a session", h -> endOthers(h.own().token()));
        events.put(
                "end of the others by an access token",
                h -> endOthers(h.family().access()));
        events.put(
                "e-mail changed by oneself",
                h -> world.http()
                        .patch("/api/auth/me")
                        .as(h.own())
                        .json(
                                "email",
                                h.own().username() + "@own.example.org",
                                "current_password",
                                h.own().password())
                        .expect(200));
    }

    private Call logout(String bearer) {
        return world.http().post("/api/auth/logout").bearer(bearer);
    }

    private void end(Holder holder, String bearer) {
        world.http()
                .delete("/api/auth/sessions/" + keys.idOf(bearer))
                .as(holder.own())
                .expect(204);
    }

    private void endOthers(String bearer) {
        world.http().delete("/api/auth/sessions").bearer(bearer).expect(204);
    }

    private void byTokens(Map<String, Consumer<Holder>> events) {
        events.put(
                "revocation of a refresh token",
                h -> keys.revoke(h.family().refresh()).expect(200));
        events.put(
                "revocation of a token that is unknown",
                h -> keys.revoke("lkr_" + "0".repeat(43)).expect(200));
        events.put("reuse of a refresh token", h -> {
            keys.refreshed(keys.refreshed(h.family()));
            assertThat(keys.refresh(h.family().refresh()).send().status()).isEqualTo(400);
        });
    }

    private void byPasswords(Map<String, Consumer<Holder>> events) {
        String password = "another harbour 20 lanterns";
        events.put(
                "password change by a session",
                h -> keys.changePassword(h.own(), password).expect(200));
        events.put(
                "password change by an access token",
                h -> keys.changePassword(h.own().with(h.family().access()), password)
                        .expect(200));
        events.put("password change that is refused", h -> {
            keys.changePassword(h.own(), "password").refused(422, "password_refused");
            keys.changePassword(new Person(0, "", "wrong password", h.own().token()), password)
                    .refused(403, "wrong_password");
        });
        events.put(
                "password reset",
                h -> keys.reset(keys.resetToken(h.own()), password).expect(200));
        events.put("password reset that is refused", h -> {
            keys.reset(h.resetLink(), "password").refused(422, "password_refused");
            keys.reset("lkx_" + "0".repeat(43), password).refused(400, "token_invalid");
        });
        events.put(
                "password set by an admin",
                h -> keys.setPassword(h.own(), password).expect(204));
    }

    private void byAnAdmin(Map<String, Consumer<Holder>> events) {
        events.put(
                "end of sign-ins by an admin",
                h -> keys.order(h.own(), "end-sessions").expect(204));
        events.put("reset link by an admin", h -> keys.resetToken(h.own()));
        events.put(
                "delay cleared by an admin",
                h -> keys.order(h.own(), "clear-delay").expect(204));
        events.put("role changed", h -> keys.change(h.own(), "role", "guest").expect(200));
        events.put(
                "role changed to what it was",
                h -> keys.change(h.own(), "role", "member").expect(200));
        events.put(
                "name changed by an admin",
                h -> keys.change(h.own(), "display_name", "Other").expect(200));
        events.put(
                "quota changed by an admin",
                h -> keys.change(h.own(), "quota_bytes", 5).expect(200));
        events.put(
                "e-mail changed by an admin",
                h -> keys.change(h.own(), "email", h.own().username() + "@example.org")
                        .expect(200));
        events.put("deactivation", h -> keys.order(h.own(), "deactivate").expect(200));
        events.put(
                "deactivation by a change",
                h -> keys.change(h.own(), "active", false).expect(200));
        events.put("deactivation and activation", h -> {
            keys.order(h.own(), "deactivate").expect(200);
            keys.order(h.own(), "activate").expect(200);
        });
        events.put(
                "deletion",
                h -> world.http()
                        .delete("/api/users/" + h.own().id())
                        .as(world.admin())
                        .expect(204));
    }

    private void byTheEndOfAMembership(Map<String, Consumer<Holder>> events) {
        events.put("membership that ends later", h -> membershipEnds(h, Duration.ofMinutes(5)));
        events.put("membership that has ended", this::letMembershipEnd);
        events.put("membership that ended and was renewed", h -> {
            letMembershipEnd(h);
            membershipEnds(h, Duration.ofDays(5));
        });
        events.put("membership that ended and has no end now", h -> {
            letMembershipEnd(h);
            keys.change(h.own(), "membership_ends_at", null).expect(200);
        });
    }

    private void letMembershipEnd(Holder holder) {
        membershipEnds(holder, Duration.ofSeconds(5));
        world.clock().advance(Duration.ofSeconds(5));
    }

    private void membershipEnds(Holder holder, Duration later) {
        String end = world.clock().instant().plus(later).toString();
        keys.change(holder.own(), "membership_ends_at", end).expect(200);
    }

    @TestFactory
    Stream<DynamicTest> anEventEndsWhatItShouldAndNothingElse() {
        Map<String, Consumer<Holder>> events = events();
        return TABLE.lines().map(line -> {
            String event = line.substring(0, 42).strip();
            String expected = line.substring(42).strip();
            return DynamicTest.dynamicTest(event, () -> {
                Holder holder = holder();
                events.get(event).accept(holder);
                assertThat(withoutTheUnsaid(fates(holder), expected)).isEqualTo(expected);
            });
        });
    }

    private static String withoutTheUnsaid(String fates, String expected) {
        StringBuilder said = new StringBuilder(fates);
        for (int i = 0; i < expected.length(); i++) {
            if (expected.charAt(i) == '.') {
                said.setCharAt(i, '.');
            }
        }
        return said.toString();
    }

    private String fates(Holder holder) {
        List<Boolean> lives = new ArrayList<>();
        lives.add(opens(holder.own().token()));
        lives.add(opens(holder.other().token()));
        for (Tokens tokens : List.of(holder.family(), holder.otherFamily())) {
            lives.add(opens(tokens.access()));
            lives.add(canBeRefreshed(tokens));
        }
        lives.add(keys.isGood(holder.resetLink()));
        return String.join(" ", lives.stream().map(alive -> alive ? "+" : "x").toList());
    }

    private boolean opens(String bearer) {
        Reply reply = keys.me(bearer).send();
        assertThat(reply.status()).isIn(200, 401);
        return reply.status() == 200;
    }

    private boolean canBeRefreshed(Tokens tokens) {
        Reply reply = keys.refresh(tokens.refresh()).send();
        if (reply.status() != 200) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.textAt("/error")).isEqualTo("invalid_grant");
        }
        return reply.status() == 200;
    }
}
