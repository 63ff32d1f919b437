package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The token endpoint, revocation, and what a family of tokens looks like to its owner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        world = World.start(Letterbox.NO_MAIL_SERVER);
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call token() {
        return world.http().post("/api/auth/token");
    }

    private Call byPassword(String username, String password) {
        return token().form("grant_type", "password", "username", username, "password", password);
    }

    @TestFactory
    List<DynamicTest> aRightPasswordGetsTokensByFormAndByJson() {
        world.join("pat", "member");
        Object[] json = {"grant_type", "password", "username", "PAT ", "password", World.PASSWORD, "scope", 7};
        return Scenario.table(
                granted("a form", byPassword("pat", World.PASSWORD)),
                granted("JSON", token().json(json)),
                granted(
                        "JSON with nulls",
                        token().json(
                                        "grant_type",
                                        "password",
                                        "username",
                                        "pat",
                                        "password",
                                        World.PASSWORD,
                                        "totp",
                                        null,
                                        "device_name",
                                        null)),
                granted(
                        "a form with a charset and values left out",
                        token().text(
                                        "application/x-www-form-urlencoded; charset=UTF-8",
                                        "&grant_type=password&totp=&scope&username=pat&password="
                                                + World.PASSWORD.replace(' ', '+') + "&=x&")));
    }

    private static Scenario granted(String name, Call call) {
        return when(name, call)
                .status(200)
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .and(reply -> {
                    assertThat(reply.json().fieldNames())
                            .toIterable()
                            .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "refresh_token");
                    assertThat(reply.textAt("/token_type")).isEqualTo("Bearer");
                    assertThat(reply.longAt("/expires_in")).isEqualTo(900);
                    assertThat(reply.setCookie()).isEmpty();
                });
    }

    @TestFactory
    List<DynamicTest> whatIsNoProperRequestIsRefusedAsTheRfcSays() {
        String form = "application/x-www-form-urlencoded";
        return Scenario.table(
                refused("no body", "invalid_request", token()),
                refused("an empty form", "invalid_request", token().text(form, "")),
                refused("an empty object", "invalid_request", token().json()),
                refused("no object", "invalid_request", token().text("application/json", "[]")),
                refused("broken JSON", "invalid_request", token().text("application/json", "{\"grant_type\":")),
                refused(
                        "a doubled field",
                        "invalid_request",
                        token().text("application/json", "{\"grant_type\":\"password\",\"grant_type\":\"password\"}")),
                refused("a number", "invalid_request", token().json("grant_type", 1)),
                refused("an object", "invalid_request", token().json("grant_type", Map.of("a", "b"))),
                refused(
                        "a doubled parameter",
                        "invalid_request",
                        token().text(form, "grant_type=password&username=ada&username=ada&password=x")),
                refused("half an escape", "invalid_request", token().text(form, "grant_type=%4")),
                refused("no escape", "invalid_request", token().text(form, "grant_type=%zz")),
                refused("no UTF-8", "invalid_request", token().text(form, "grant_type=%ff")),
                refused("no password", "invalid_request", token().form("grant_type", "password", "username", "ada")),
                refused(
                        "an empty password",
                        "invalid_request",
                        token().form("grant_type", "password", "username", "ada", "password", "")),
                refused("no refresh token", "invalid_request", token().form("grant_type", "refresh_token")),
                refused(
                        "a device name without end",
                        "invalid_request",
                        token().json(
                                        "grant_type",
                                        "password",
                                        "username",
                                        "ada",
                                        "password",
                                        World.PASSWORD,
                                        "device_name",
                                        "x".repeat(101))),
                refused("another grant", "unsupported_grant_type", token().form("grant_type", "client_credentials")),
                refused("no grant", "unsupported_grant_type", token().form("grant_type", "\"\\\u00e9\n")),
                refused(
                        "a refresh token that is none",
                        "invalid_grant",
                        token().form("grant_type", "refresh_token", "refresh_token", "hello")),
                refused(
                        "an unknown one",
                        "invalid_grant",
                        token().form("grant_type", "refresh_token", "refresh_token", "lkr_" + "A".repeat(43))),
                refused(
                        "a session's token",
                        "invalid_grant",
                        token().form(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        world.admin().token())),
                when("parameters in the address", world.http().post("/api/auth/token?grant_type=refresh_token"))
                        .problem(400, "invalid_request"),
                when("another type", token().text("text/plain", "grant_type=password"))
                        .status(415),
                when("too large", token().text(form, "a=" + "x".repeat(70_000))).status(413),
                when("another site", byPassword("ada", World.PASSWORD).header("Origin", "http://evil.example"))
                        .problem(403, "cross_site"));
    }

    private static Scenario refused(String name, String error, Call call) {
        return when(name, call)
                .problem(400, error)
                .header("Cache-Control", "no-store")
                .and(reply -> assertThat(reply.json().fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrder("error", "error_description"));
    }

    @Test
    void whoeverMayNotSignInHearsTheSame() {
        Person off = keys.somebody("member");
        keys.order(off, "deactivate").expect(200);
        world.ask("waiting", "member");
        long noPassword = world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "nopassword", "role", "member")
                .expect(201)
                .longAt("/id");
        assertThat(noPassword).isPositive();
        Set<String> answers = new TreeSet<>();
        answers.add(byPassword("ada", "wrong").refused(400, "invalid_grant").text());
        answers.add(byPassword("nobody", "wrong").refused(400, "invalid_grant").text());
        answers.add(byPassword("nobody@example.org", "wrong")
                .refused(400, "invalid_grant")
                .text());
        answers.add(byPassword(off.username(), off.password())
                .refused(400, "invalid_grant")
                .text());
        answers.add(byPassword("waiting", World.PASSWORD)
                .refused(400, "invalid_grant")
                .text());
        answers.add(byPassword("waiting", "wrong").refused(400, "invalid_grant").text());
        answers.add(byPassword("nopassword", World.PASSWORD)
                .refused(400, "invalid_grant")
                .text());
        assertThat(answers).hasSize(1);
    }

    @Test
    void beforeSetupThereIsNothingToSignInTo() {
        try (var local = dev.latchkey.harness.TestServer.start()) {
            local.http()
                    .post("/api/auth/token")
                    .form("grant_type", "password", "username", "ada", "password", "x")
                    .refused(403, "setup_required");
            local.http().post("/api/auth/revoke").form("token", "x").expect(200);
        }
    }

    @Test
    void theAuditLogTellsOfSuccessAndFailure() {
        Person person = keys.somebody("member");
        byPassword(person.username(), "wrong").expect(400);
        long id = keys.idOf(
                Tokens.of(byPassword(person.username(), person.password()).expect(200))
                        .access());
        JsonNode login = audit("session.login&actor_id=" + person.id()).get(0);
        assertThat(login.at("/target/type").asText()).isEqualTo("family");
        assertThat(login.at("/target/id").asLong()).isEqualTo(id);
        assertThat(audit("session.login_failed").get(0).at("/target/id").asLong())
                .isEqualTo(person.id());
    }

    private JsonNode audit(String action) {
        return world.http()
                .get("/api/audit?action=" + action)
                .as(world.admin())
                .expect(200)
                .at("/items");
    }

    @Test
    void aSecondFactorIsAskedForAndCounts() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        byPassword(person.username(), person.password()).refused(400, "mfa_required");
        byPassword(person.username(), "wrong").refused(400, "invalid_grant");
        withCode(person, "000000").refused(400, "invalid_grant");
        String code = factor.app().codeAt(world.clock().instant());
        keys.me(Tokens.of(withCode(person, code).expect(200)).access()).expect(200);
        withCode(person, code).refused(400, "invalid_grant");
        withCode(person, factor.backupCodes().get(0)).expect(200);
        withCode(person, factor.backupCodes().get(0)).refused(400, "invalid_grant");
    }

    private Call withCode(Person person, String code) {
        return token().form(
                        "grant_type",
                        "password",
                        "username",
                        person.username(),
                        "password",
                        person.password(),
                        "totp",
                        code);
    }

    @Test
    void whoMustChangeThePasswordGetsTokensThatOpenNothingElse() {
        Person person = keys.somebodyWhoMustChange("member");
        String given = "given by an admin 7";
        Tokens tokens = Tokens.of(byPassword(person.username(), given).expect(200));
        keys.me(tokens.access()).expect(200);
        world.http().get("/api/media").bearer(tokens.access()).refused(403, "password_change_required");
        world.http().get("/api/auth/sessions").bearer(tokens.access()).refused(403, "password_change_required");
        Tokens next = keys.refreshed(tokens);
        world.http().get("/api/media").bearer(next.access()).refused(403, "password_change_required");
        world.http().post("/api/auth/logout").bearer(next.access()).expect(200);
        keys.refresh(next.refresh()).refused(400, "invalid_grant");
    }

    @Test
    void familiesAndSessionsShareOneList() {
        Person person = keys.somebody("member");
        Tokens tokens = Tokens.of(token().form(
                        "grant_type",
                        "password",
                        "username",
                        person.username(),
                        "password",
                        person.password(),
                        "device_name",
                        "Backup script")
                .header("User-Agent", "backup/1")
                .expect(200));
        JsonNode items = sessions(tokens.access());
        assertThat(items).hasSize(2);
        JsonNode family = items.get(0);
        assertThat(family.path("kind").asText()).isEqualTo("refresh");
        assertThat(family.path("device_name").asText()).isEqualTo("Backup script");
        assertThat(family.path("user_agent").asText()).isEqualTo("backup/1");
        assertThat(family.path("current").asBoolean()).isTrue();
        assertThat(items.get(1).path("kind").asText()).isEqualTo("session");
        assertThat(items.get(1).path("current").asBoolean()).isFalse();
        assertThat(sessions(person.token()).get(0).path("current").asBoolean()).isFalse();
        Reply me = keys.me(tokens.access()).expect(200);
        assertThat(me.textAt("/credential/kind")).isEqualTo("access_token");
        assertThat(me.longAt("/credential/id")).isEqualTo(family.path("id").asLong());
        assertThat(me.textAt("/credential/name")).isEqualTo("Backup script");
    }

    private JsonNode sessions(String bearer) {
        return world.http().get("/api/auth/sessions").bearer(bearer).expect(200).at("/items");
    }

    @Test
    void endingAFamilyInTheListKillsItsTokensAtOnce() {
        Person person = keys.somebody("member");
        Tokens tokens = keys.tokens(person);
        long id = keys.idOf(tokens.access());
        world.http().delete("/api/auth/sessions/" + id).as(world.guest()).expect(404);
        world.http().delete("/api/auth/sessions/" + id).as(person).expect(204);
        isDead(tokens);
        world.http().delete("/api/auth/sessions/" + id).as(person).expect(404);
    }

    private void isDead(Tokens tokens) {
        Reply reply = keys.me(tokens.access()).refused(401, "invalid_token");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        keys.refresh(tokens.refresh()).refused(400, "invalid_grant");
    }

    @Test
    void anAccessTokenEndsAllOthersButItsOwnFamily() {
        Person person = keys.somebody("member");
        Tokens other = keys.tokens(person);
        Tokens tokens = keys.tokens(person);
        world.http().delete("/api/auth/sessions").bearer(tokens.access()).expect(204);
        isDead(other);
        keys.me(person.token()).expect(401);
        keys.me(keys.refreshed(tokens).access()).expect(200);
    }

    @Test
    void logoutEndsTheFamilyOfTheAccessToken() {
        Tokens tokens = keys.tokens(keys.somebody("member"));
        world.http().post("/api/auth/logout").bearer(tokens.access()).json().expect(200);
        isDead(tokens);
    }

    @Test
    void logoutEndsTheFamilyOfTheRefreshTokenInItsBody() {
        Person person = keys.somebody("member");
        Tokens tokens = keys.tokens(person);
        world.http()
                .post("/api/auth/logout")
                .as(person)
                .json("refresh_token", tokens.refresh())
                .expect(200);
        isDead(tokens);
        keys.me(person.token()).expect(401);
    }

    @Test
    void aLogoutThatCannotBeReadEndsNothing() {
        Person person = keys.somebody("member");
        world.http()
                .post("/api/auth/logout")
                .as(person)
                .json("refresh_token", 7)
                .refused(422, "invalid_fields");
        keys.me(person.token()).expect(200);
    }

    @TestFactory
    List<DynamicTest> revocationEndsWhatTheTokenBelongsTo() {
        return Scenario.table(
                revoked("an access token", Tokens::access),
                revoked("a refresh token", Tokens::refresh),
                revoked("a spent refresh token", tokens -> {
                    keys.refreshed(tokens);
                    return tokens.refresh();
                }));
    }

    private Scenario revoked(String name, java.util.function.Function<Tokens, String> token) {
        Tokens tokens = keys.tokens(keys.somebody("member"));
        return when(
                        name,
                        () -> world.http()
                                .post("/api/auth/revoke")
                                .form("token", token.apply(tokens), "token_type_hint", "nonsense")
                                .send())
                .status(200)
                .header("Cache-Control", "no-store")
                .and(reply -> assertThat(reply.body()).isEmpty())
                .and(reply -> isDead(tokens));
    }

    @Test
    void revocationEndsASession() {
        Person person = keys.somebody("member");
        keys.revoke(person.token()).expect(200);
        keys.me(person.token()).expect(401);
    }

    @TestFactory
    List<DynamicTest> revocationTellsNobodyWhatExists() {
        Call call = world.http().post("/api/auth/revoke");
        return Scenario.table(
                when("an unknown token", world.http().post("/api/auth/revoke").form("token", "lkr_" + "A".repeat(43)))
                        .status(200),
                when("no token of ours", world.http().post("/api/auth/revoke").json("token", "hello"))
                        .status(200),
                when("nothing", call).status(200),
                when(
                                "what cannot be read",
                                world.http().post("/api/auth/revoke").text("application/json", "{"))
                        .problem(400, "invalid_request"));
    }

    @Test
    void anAccessTokenCountsInTheHeaderOnly() {
        Tokens tokens = keys.tokens(keys.somebody("member"));
        world.http().get("/api/auth/me").cookie("latchkey=" + tokens.access()).refused(401, "invalid_token");
        world.http().get("/api/auth/me?access_token=" + tokens.access()).refused(401, "unauthenticated");
        keys.me(tokens.refresh()).refused(401, "invalid_token");
    }

    @Test
    void familiesOutliveARestartAndEndedOnesStayDead() {
        Person person = keys.somebody("member");
        Tokens first = keys.tokens(person);
        Tokens ended = keys.tokens(person);
        keys.revoke(ended.refresh()).expect(200);
        Tokens second = keys.refreshed(first);
        world.server().restart();
        keys.me(second.access()).expect(200);
        assertThat(Tokens.of(keys.refresh(first.refresh()).expect(200)).refresh())
                .isEqualTo(second.refresh());
        keys.refresh(second.refresh()).expect(200);
        isDead(ended);
    }

    @Test
    void aStolenTokenEndsTheFamilyAndItsOwnerHears() {
        Person person = keys.somebody("member");
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", person.username() + "@example.org", "current_password", person.password())
                .expect(200);
        Tokens stolen = keys.tokens(person);
        Tokens mine = keys.refreshed(stolen);
        world.clock().advance(Duration.ofSeconds(10));
        keys.refresh(stolen.refresh()).refused(400, "invalid_grant");
        isDead(mine);
        assertThat(audit("family.refresh_reuse")).hasSize(1);
        assertThat(new Letterbox(world.server())
                        .last(person.username() + "@example.org")
                        .body())
                .contains("a token of it that had been replaced was used again");
    }

    @Test
    void oneAddressHasFivePasswordsAndTenRefreshesAMinute() {
        try (World strict = World.start(Map.of("trusted_proxies", "127.0.0.1"))) {
            Keyring ring = new Keyring(strict);
            Tokens tokens = ring.tokens(strict.member());
            strict.server().restart(Map.of("throttle.factor", "1"));
            var http = strict.http().from("203.0.113.1");
            for (int i = 0; i < 5; i++) {
                http.post("/api/auth/token")
                        .form("grant_type", "password", "username", "u" + i, "password", "wrong")
                        .refused(400, "invalid_grant");
            }
            http.post("/api/auth/token")
                    .form("grant_type", "password", "username", "mel", "password", World.PASSWORD)
                    .refused(429, "rate_limited");
            for (int i = 0; i < 10; i++) {
                tokens = Tokens.of(http.post("/api/auth/token")
                        .form("grant_type", "refresh_token", "refresh_token", tokens.refresh())
                        .expect(200));
            }
            Reply reply = http.post("/api/auth/token")
                    .form("grant_type", "refresh_token", "refresh_token", tokens.refresh())
                    .refused(429, "rate_limited");
            assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
            strict.clock().advance(Duration.ofSeconds(61));
            http.post("/api/auth/token")
                    .form("grant_type", "refresh_token", "refresh_token", tokens.refresh())
                    .expect(200);
        }
    }
}
