package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Join codes: making, listing, using and losing them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinCodesTest {
    private static final String CODES = "/api/auth/join-codes";

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

    private Call make(Object... namesAndValues) {
        return world.http().post(CODES).as(world.manager()).json(namesAndValues);
    }

    private Reply party(Object... more) {
        Object[] form = Stream.concat(Stream.of("guest_name", "Aunt May"), Stream.of(more))
                .toArray();
        return make(form).expect(200);
    }

    private Call exchange(String code) {
        return world.http().post(CODES + "/exchange").json("code", code);
    }

    private static String secretOf(Reply made) {
        return made.textAt("/url").split("join=")[1];
    }

    private void isRefused(String code) {
        Reply refused = exchange(code).refused(401, "join_code_invalid");
        assertThat(refused.at("/success").asBoolean(true)).isFalse();
        assertThat(refused.textAt("/error")).isEqualTo("Invalid or expired join code");
    }

    private static JsonNode claims(String accessToken) {
        try {
            return new ObjectMapper()
                    .readTree(Base64.getUrlDecoder().decode(accessToken.split("\\.")[1]));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCodeIsShownOnceAndMakesItsGuest() {
        Instant now = world.clock().instant();

        Reply made = make("guest_name", "  Zoë Ünder-Wood ").expect(200);

        assertThat(made.textAt("/code")).matches("[A-HJ-NP-Z2-9]{6}");
        assertThat(made.textAt("/url")).matches(world.http().origin() + "/login\\?join=lkj_[0-9A-Za-z]{43}");
        assertThat(made.textAt("/qr_svg")).startsWith("<svg ").doesNotContain("lkj_");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Instant.parse(made.textAt("/expires_at")))
                .isBetween(
                        now.plus(Duration.ofHours(8)),
                        now.plus(Duration.ofHours(8)).plusSeconds(60));
        assertThat(made.textAt("/user/display_name")).isEqualTo("Zoë Ünder-Wood");
        assertThat(made.textAt("/user/username")).isEqualTo("guest-zoe-under-wood");
        assertThat(made.textAt("/user/role")).isEqualTo("guest");

        String list = world.http().get(CODES).as(world.manager()).expect(200).text();
        String audit = world.http()
                .get("/api/audit?action=join_code.create")
                .as(world.admin())
                .expect(200)
                .text();
        for (String text : List.of(list, audit)) {
            assertThat(text).doesNotContain(made.textAt("/code")).doesNotContain("lkj_", "hash", "hmac");
        }
        keys.logIn("guest-zoe-under-wood", World.PASSWORD).expect(401);
    }

    @Test
    void guestsOfOneNameGetUsernamesOfTheirOwn() {
        Set<String> usernames = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            usernames.add(make("guest_name", "Twin").expect(200).textAt("/user/username"));
        }
        assertThat(usernames).hasSize(12).allMatch(name -> name.matches("guest-twin[a-z0-9-]*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "../../etc",
                "'; DROP TABLE users; --",
                "小林",
                "🎉",
                "\u202Eadmin",
                "-"
            })
    void everyPrintableNameIsAGuestsName(String name) {
        Reply made = make("guest_name", name, "provider_name", name, "device_name", name)
                .expect(200);
        assertThat(made.textAt("/user/display_name")).isEqualTo(name);
        assertThat(made.textAt("/user/username")).matches("guest[a-z0-9-]*");
        Reply in = exchange(made.textAt("/code")).expect(200);
        assertThat(claims(in.textAt("/access_token")).path("provider_name").asText())
                .isEqualTo(name);
        assertThat(keys.me(in.textAt("/access_token")).expect(200).textAt("/credential/name"))
                .isEqualTo(name);
    }

    static Stream<Arguments> badForms() {
        return Stream.of(
                Arguments.of("user_id", new Object[] {}),
                Arguments.of("user_id", new Object[] {"guest_name", " "}),
                Arguments.of("user_id", new Object[] {"guest_name", "Both", "user_id", 4}),
                Arguments.of("user_id", new Object[] {"user_id", "four"}),
                Arguments.of("guest_name", new Object[] {"guest_name", "x".repeat(101)}),
                Arguments.of("guest_name", new Object[] {"guest_name", "a\u0000b"}),
                Arguments.of("expires_in_hours", new Object[] {"guest_name", "a", "expires_in_hours", 0}),
                Arguments.of("expires_in_hours", new Object[] {"guest_name", "a", "expires_in_hours", 8761}),
                Arguments.of("expires_in_hours", new Object[] {"guest_name", "a", "expires_in_hours", null}),
                Arguments.of("max_uses", new Object[] {"guest_name", "a", "max_uses", -1}),
                Arguments.of("max_uses", new Object[] {"guest_name", "a", "max_uses", 100_001}),
                Arguments.of("device_name", new Object[] {"guest_name", "a", "device_name", "x".repeat(101)}),
                Arguments.of("provider_name", new Object[] {"guest_name", "a", "provider_name", "\uD800"}));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void aFormThatIsNotAcceptableNamesItsField(String field, Object[] form) {
        assertThat(make(form).refused(422, "invalid_fields").errorFields()).containsExactly(field);
    }

    @Test
    void onlyGuestsWhoMayActGetCodes() {
        Person locked = keys.somebody("guest");
        keys.order(locked, "deactivate").expect(200);
        for (long id : List.of(world.member().id(), world.admin().id(), locked.id(), 99999999L)) {
            make("user_id", id).refused(422, "not_a_guest");
        }
        make("user_id", world.guest().id()).expect(200);
    }

    @Test
    void theLettersAreTypedInAnyCaseAndShape() {
        Reply made = party("max_uses", 0);
        String code = made.textAt("/code");
        String split = code.substring(0, 3) + " - " + code.substring(3) + "\u00A0";
        for (String typed : List.of(code, code.toLowerCase(Locale.ROOT), split, "  " + code + "\n", secretOf(made))) {
            Reply in = exchange(typed).expect(200);
            assertThat(in.at("/success").asBoolean()).isTrue();
            assertThat(in.longAt("/user/id")).isEqualTo(made.longAt("/user/id"));
            assertThat(in.longAt("/expires_in")).isEqualTo(900);
            assertThat(in.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ABCDEF", "lkj_", "lkj_x", "LKJ_abc", "ABCDEFG", "%00", "' OR 1=1 --", "ÄÖÜ234"})
    void whatIsNoCodeIsRefusedAlike(String junk) {
        isRefused(junk);
        isRefused("lkj_" + "0".repeat(43));
        isRefused(junk + "x".repeat(20_000));
    }

    @Test
    void anExchangeNeedsACode() {
        Call call = world.http().post(CODES + "/exchange");
        assertThat(call.json("code", null).refused(422, "invalid_fields").errorFields())
                .containsExactly("code");
        world.http().post(CODES + "/exchange").text("application/json", "[]").refused(400, "malformed");
    }

    @Test
    void theGuestIsInAsAGuestAndStaysOne() {
        Reply made = party("device_name", "Living room", "provider_name", "Party");
        Reply in = exchange(made.textAt("/code")).expect(200);
        Keyring.Tokens tokens = Keyring.Tokens.of(in);

        for (Keyring.Tokens pair : List.of(tokens, keys.refreshed(tokens))) {
            Reply me = keys.me(pair.access()).expect(200);
            assertThat(me.textAt("/credential/kind")).isEqualTo("guest_token");
            assertThat(me.textAt("/credential/name")).isEqualTo("Living room");
            assertThat(claims(pair.access()).path("provider_name").asText()).isEqualTo("Party");
            world.http().get("/api/media").bearer(pair.access()).expect(200);
            world.http().get("/api/auth/sessions").bearer(pair.access()).refused(403, "session_required");
            world.http()
                    .post("/api/auth/totp/enroll")
                    .bearer(pair.access())
                    .json()
                    .refused(403, "session_required");
        }
        world.http().post("/api/auth/logout").bearer(tokens.access()).json().expect(200);
        keys.me(tokens.access()).expect(401);
        isRefused(made.textAt("/code"));
        isRefused(secretOf(made));
    }

    @Test
    void aBrowserGetsACookieAndNoTokens() {
        Reply made = party("device_name", "Tablet");
        Reply in = world.http()
                .post(CODES + "/exchange")
                .json("code", secretOf(made), "cookie", true)
                .expect(200);
        assertThat(in.json().has("access_token")).isFalse();
        assertThat(in.json().has("refresh_token")).isFalse();
        Reply me = world.http().get("/api/auth/me").cookie(in.cookie()).expect(200);
        assertThat(me.textAt("/credential/kind")).isEqualTo("guest_token");
        world.http().get("/api/auth/sessions").cookie(in.cookie()).refused(403, "session_required");
        world.http().get("/api/media").cookie(in.cookie()).expect(200);
    }

    private String cookieFor(Reply made) {
        return world.http()
                .post(CODES + "/exchange")
                .json("code", made.textAt("/code"), "cookie", true)
                .expect(200)
                .cookie();
    }

    @Test
    void aGuestWhoIsPromotedSignsInAnewAndNeverGetsTheOldWaysInBack() {
        Person guest = keys.somebody("guest");
        Reply made = make("user_id", guest.id(), "max_uses", 0).expect(200);
        Keyring.Tokens tokens = Keyring.Tokens.of(exchange(made.textAt("/code")).expect(200));
        String cookie = cookieFor(made);
        String unseen = cookieFor(made);
        world.http().get("/api/auth/me").cookie(cookie).expect(200);

        keys.change(guest, "role", "member").expect(200);

        keys.me(tokens.access()).expect(401);
        keys.refresh(tokens.refresh()).refused(400, "invalid_grant");
        world.http().get("/api/auth/me").cookie(cookie).expect(401);
        isRefused(made.textAt("/code"));
        keys.me(guest.token()).expect(200);

        keys.change(guest, "role", "guest").expect(200);

        keys.me(tokens.access()).expect(401);
        keys.refresh(tokens.refresh()).refused(400, "invalid_grant");
        world.http().get("/api/auth/me").cookie(cookie).expect(401);
        world.http().get("/api/auth/me").cookie(unseen).expect(401);
        isRefused(made.textAt("/code"));
        isRefused(secretOf(made));
        keys.me(guest.token()).expect(200);
        JsonNode left =
                world.http().get("/api/auth/sessions").as(guest).expect(200).at("/items");
        assertThat(left).hasSize(1);
    }

    @Test
    void ofFiftyAtOnceAsManyComeInAsTheCodeAllows() {
        for (boolean link : List.of(true, false)) {
            Reply made = party("max_uses", 3);
            String code = link ? secretOf(made) : made.textAt("/code");
            List<Reply> replies = Race.of(number -> exchange(code));
            assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(3);
            assertThat(replies).filteredOn(reply -> reply.status() == 401).hasSize(Race.THREADS - 3);
            assertThat(listed(made.longAt("/id")).path("uses").asInt()).isEqualTo(3);
            assertThat(listed(made.longAt("/id")).path("state").asText()).isEqualTo("used");
        }
    }

    private JsonNode listed(long id) {
        for (JsonNode item : world.http()
                .get(CODES + "?limit=200")
                .as(world.manager())
                .expect(200)
                .at("/items")) {
            if (item.path("id").asLong() == id) {
                return item;
            }
        }
        throw new AssertionError("no code " + id);
    }

    @Test
    void aCodeEndsWithItsTime() {
        Reply made = party("max_uses", 0, "expires_in_hours", 1);
        world.clock().advance(Duration.ofHours(1));
        isRefused(made.textAt("/code"));
        isRefused(secretOf(made));
        assertThat(listed(made.longAt("/id")).path("state").asText()).isEqualTo("expired");
    }

    @Test
    void aRevokedCodeOpensNothingAndLeavesInWhoIsIn() {
        Reply made = party("max_uses", 0);
        Keyring.Tokens in = Keyring.Tokens.of(exchange(made.textAt("/code")).expect(200));
        String path = CODES + "/" + made.longAt("/id");

        world.http().delete(path).as(world.manager()).expect(204);

        isRefused(made.textAt("/code"));
        isRefused(secretOf(made));
        keys.me(keys.refreshed(in).access()).expect(200);
        world.http().delete(path).as(world.manager()).refused(404, "not_found");
    }

    @Test
    void codesAreRevokedByGuestAndByProvider() {
        long guest = party("provider_name", "Café").longAt("/user/id");
        make("user_id", guest, "provider_name", "Other").expect(200);
        make("user_id", guest, "provider_name", "Other").expect(200);
        party("provider_name", "Caf\u00e9 2");

        assertThat(revoke("?user_id=" + guest + "&provider_name=Caf%C3%A9")).isEqualTo(1);
        assertThat(revoke("?user_id=" + guest)).isEqualTo(2);
        assertThat(revoke("?provider_name=Cafe%CC%81%202")).isEqualTo(1);
        assertThat(revoke("?provider_name=nobody")).isZero();
        for (String bad : List.of("", "?user_id=", "?user_id=x", "?provider_name=" + "x".repeat(101))) {
            world.http().delete(CODES + bad).as(world.manager()).refused(400, "malformed");
        }
    }

    private long revoke(String query) {
        return world.http()
                .delete(CODES + query)
                .as(world.manager())
                .expect(200)
                .longAt("/revoked");
    }

    @Test
    void theListGoesByGuestAndByPage() {
        long guest = party().longAt("/user/id");
        make("user_id", guest).expect(200);
        make("user_id", guest).expect(200);
        Reply first = world.http()
                .get(CODES + "?limit=2&user_id=" + guest)
                .as(world.manager())
                .expect(200);
        assertThat(first.at("/items")).hasSize(2);
        String cursor = first.textAt("/next_cursor");
        Reply last = world.http()
                .get(CODES + "?limit=2&user_id=" + guest + "&cursor=" + cursor)
                .as(world.manager())
                .expect(200);
        assertThat(last.at("/items")).hasSize(1);
        assertThat(last.textAt("/items/0/user/display_name")).isEqualTo("Aunt May");
        assertThat(last.textAt("/items/0/state")).isEqualTo("open");
    }

    @Test
    void aCodeDiesWithItsGuest() {
        Reply made = party("max_uses", 0);
        Person guest = new Person(made.longAt("/user/id"), "guest", "", "");
        Keyring.Tokens in = Keyring.Tokens.of(exchange(made.textAt("/code")).expect(200));

        keys.order(guest, "deactivate").expect(200);
        isRefused(made.textAt("/code"));
        isRefused(secretOf(made));
        keys.me(in.access()).expect(401);
        keys.refresh(in.refresh()).refused(400, "invalid_grant");
        keys.order(guest, "activate").expect(200);
        isRefused(secretOf(made));
        keys.me(in.access()).expect(401);

        Reply again = make("user_id", guest.id()).expect(200);
        world.http().delete("/api/users/" + guest.id()).as(world.admin()).expect(204);
        isRefused(again.textAt("/code"));
        assertThat(world.http()
                        .get(CODES + "?user_id=" + guest.id())
                        .as(world.manager())
                        .expect(200)
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void aCodeDiesWithItsMaker() {
        Person maker = keys.somebody("manager");
        Reply made = world.http()
                .post(CODES)
                .as(maker)
                .json("guest_name", "Visitor", "max_uses", 0)
                .expect(200);
        exchange(made.textAt("/code")).expect(200);
        keys.change(maker, "role", "member").expect(200);
        isRefused(made.textAt("/code"));
        isRefused(secretOf(made));
        assertThat(listed(made.longAt("/id")).path("state").asText()).isEqualTo("expired");
        world.http().delete("/api/users/" + maker.id()).as(world.admin()).expect(204);
        isRefused(secretOf(made));
    }

    @Test
    void theAuditLogTellsTheStory() {
        Reply made = party();
        exchange(made.textAt("/code")).expect(200);
        world.http()
                .delete(CODES + "/" + made.longAt("/id"))
                .as(world.manager())
                .expect(204);
        assertThat(audited("join_code.create")).contains("for user " + made.longAt("/user/id"));
        assertThat(audited("session.login")).contains("by join code " + made.longAt("/id"));
        assertThat(audited("join_code.revoke")).contains("\"join_code\"");
    }

    private String audited(String action) {
        return world.http()
                .get("/api/audit?limit=200&action=" + action)
                .as(world.admin())
                .expect(200)
                .text();
    }
}
