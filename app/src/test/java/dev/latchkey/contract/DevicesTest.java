package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Devices that are let in by somebody who is signed in elsewhere (RFC 8628). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevicesTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

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

    /** A device that waits, by its two codes. */
    private record Device(String deviceCode, String userCode) {
        @Override
        public String toString() {
            return "Device[" + userCode + "]";
        }
    }

    private Call ask() {
        return world.http().post("/api/auth/device");
    }

    private Device device(String name) {
        Reply reply = ask().form("client_name", name).expect(200);
        return new Device(reply.textAt("/device_code"), reply.textAt("/user_code"));
    }

    private Call poll(Device device) {
        return poll(device.deviceCode());
    }

    private Call poll(String deviceCode) {
        return world.http().post("/api/auth/token").form("grant_type", GRANT, "device_code", deviceCode);
    }

    private Call look(Person person, String userCode) {
        return world.http().get("/api/auth/device/" + userCode).as(person);
    }

    private Call approve(Person person, String userCode) {
        return world.http().post("/api/auth/device/approve").as(person).json("user_code", userCode);
    }

    private Call deny(Person person, String userCode) {
        return world.http().post("/api/auth/device/deny").as(person).json("user_code", userCode);
    }

    private Person somebody(String name) {
        return world.join(name, "member");
    }

    @TestFactory
    List<DynamicTest> whoeverAsksGetsTwoCodes() {
        return Scenario.table(
                asked("nothing", ask()),
                asked("a form", ask().form("client_name", "Kitchen screen", "client_id", "x", "scope", "all")),
                asked("JSON", ask().json("client_name", "Kitchen screen")),
                asked("null", ask().json("client_name", null)));
    }

    private static Scenario asked(String name, Call call) {
        return when(name, call)
                .status(200)
                .header("Cache-Control", "no-store")
                .field("/expires_in", 600)
                .field("/interval", 5)
                .and(reply -> {
                    String page = reply.textAt("/verification_uri");
                    String code = reply.textAt("/user_code");
                    assertThat(page).startsWith("http://").endsWith("/device");
                    assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
                    assertThat(reply.textAt("/verification_uri_complete")).isEqualTo(page + "#code=" + code);
                });
    }

    @TestFactory
    List<DynamicTest> whatIsNoProperRequestIsRefusedAsTheRfcSays() {
        String form = "application/x-www-form-urlencoded";
        return Scenario.table(
                when("a name without end", ask().form("client_name", "x".repeat(101)))
                        .problem(400, "invalid_request"),
                when("a name on two lines", ask().json("client_name", "a\nb")).problem(400, "invalid_request"),
                when("a number", ask().json("client_name", 7)).problem(400, "invalid_request"),
                when("a list", ask().text("application/json", "[]")).problem(400, "invalid_request"),
                when("twice", ask().text(form, "client_name=a&client_name=b")).problem(400, "invalid_request"),
                when("plain text", ask().text("text/plain", "client_name=a")).problem(415, "unsupported_media_type"),
                when("no code", world.http().post("/api/auth/token").form("grant_type", GRANT))
                        .problem(400, "invalid_request"),
                when("no such code", poll("lkd_" + "0".repeat(43))).problem(400, "invalid_grant"),
                when("no code at all", poll("\u00e9\"")).problem(400, "invalid_grant"),
                when(
                                "a list for a code",
                                world.http()
                                        .post("/api/auth/token")
                                        .json("grant_type", GRANT, "device_code", List.of("x")))
                        .problem(400, "invalid_request"));
    }

    @TestFactory
    List<DynamicTest> aUserCodeIsFoundHoweverItIsTyped() {
        Device device = device("Kitchen screen");
        String code = device.userCode();
        Person person = world.guest();
        return Scenario.table(
                found("as shown", look(person, code)),
                found("in lower case", look(person, code.toLowerCase(java.util.Locale.ROOT))),
                found("without the dash", look(person, code.replace("-", ""))),
                found("with blanks", look(person, "%20" + code.replace("-", "%20") + "%20")),
                when("cut short", look(person, code.substring(1))).problem(404, "not_found"),
                when("another", look(person, "BCDF-GHJK")).problem(404, "not_found"),
                when("vowels", look(person, "AEIO-UUUU")).problem(404, "not_found"),
                when("the device code", look(person, device.deviceCode())).problem(404, "not_found"),
                when("a word", look(person, "approve")).problem(404, "not_found"),
                when("nobody", world.http().get("/api/auth/device/" + code)).problem(401, "unauthenticated"),
                when(
                                "no code",
                                world.http()
                                        .post("/api/auth/device/approve")
                                        .as(person)
                                        .json())
                        .invalid("user_code"),
                when("approve nothing", approve(person, "x")).problem(404, "not_found"),
                when("deny nothing", deny(person, "")).problem(404, "not_found"));
    }

    private static Scenario found(String name, Call call) {
        return when(name, call)
                .status(200)
                .field("/client_name", "Kitchen screen")
                .field("/ip", "127.0.0.1")
                .and(reply -> assertThat(reply.json().fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrder("client_name", "ip", "user_agent", "requested_at", "expires_at"));
    }

    @Test
    void anApprovedDeviceIsSignedInAsWhoeverApproved() {
        Person dana = somebody("dana");
        Device device = device("Kitchen screen");
        poll(device).refused(400, "authorization_pending");
        approve(dana, device.userCode().toLowerCase(java.util.Locale.ROOT)).expect(200);
        look(dana, device.userCode()).refused(404, "not_found");
        Reply tokens = poll(device).expect(200);
        assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        Reply me = keys.me(tokens.textAt("/access_token")).expect(200);
        assertThat(me.textAt("/user/username")).isEqualTo("dana");
        assertThat(me.textAt("/credential/name")).isEqualTo("Kitchen screen");
        world.http()
                .get("/api/auth/sessions")
                .bearer(tokens.textAt("/access_token"))
                .expect(200);
        keys.refresh(tokens.textAt("/refresh_token")).expect(200);
        poll(device).refused(400, "invalid_grant");
        assertThat(actions()).containsSubsequence("session.login", "device.approve");
    }

    private List<String> actions() {
        Reply audit = world.http().get("/api/audit?limit=200").as(world.admin()).expect(200);
        return Stream.of(audit.at("/items"))
                .flatMap(items -> items.findValuesAsText("action").stream())
                .toList();
    }

    @Test
    void aDeniedDeviceHearsSo() {
        Person dora = somebody("dora");
        Device device = device("Kitchen screen");
        deny(dora, device.userCode()).expect(200);
        poll(device).refused(400, "access_denied");
        approve(dora, device.userCode()).refused(404, "not_found");
        poll(device).refused(400, "access_denied");
        assertThat(actions()).contains("device.deny");
    }

    @Test
    void aDeviceThatAsksTooOftenIsSlowedDown() {
        Device device = device("Kitchen screen");
        poll(device).refused(400, "authorization_pending");
        poll(device).refused(400, "slow_down"); // ten seconds from now on
        world.clock().advance(Duration.ofSeconds(5));
        poll(device).refused(400, "slow_down"); // fifteen
        world.clock().advance(Duration.ofSeconds(15));
        poll(device).refused(400, "authorization_pending");
        world.clock().advance(Duration.ofSeconds(15));
        poll(device).refused(400, "authorization_pending");
        approve(somebody("dick"), device.userCode()).expect(200);
        poll(device).expect(200);
    }

    @Test
    void codesLiveTenMinutes() {
        Person person = world.signIn(world.guest());
        Device waiting = device("Kitchen screen");
        Device approved = device("Kitchen screen");
        world.clock().advance(Duration.ofMinutes(10).minusMillis(1));
        look(person, waiting.userCode()).expect(200);
        approve(person, approved.userCode()).expect(200);
        world.clock().advance(Duration.ofMillis(1));
        look(person, waiting.userCode()).refused(404, "not_found");
        approve(person, waiting.userCode()).refused(404, "not_found");
        deny(person, waiting.userCode()).refused(404, "not_found");
        poll(waiting).refused(400, "expired_token");
        poll(approved).refused(400, "expired_token");
    }

    @Test
    void fiftyPollsOfAnApprovedCodeOpenOneFamily() {
        Person dave = somebody("dave");
        Device device = device("Kitchen screen");
        approve(dave, device.userCode()).expect(200);
        List<Reply> replies = Race.of(i -> poll(device));
        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .allSatisfy(reply -> reply.refused(400, "invalid_grant"));
        Reply sessions = world.http().get("/api/auth/sessions").as(dave).expect(200);
        assertThat(sessions.at("/items").findValuesAsText("kind")).containsExactlyInAnyOrder("refresh", "session");
    }

    @Test
    void ofFiftyDecisionsOneCounts() {
        Person dean = somebody("dean");
        Device device = device("Kitchen screen");
        List<Reply> replies =
                Race.of(i -> i % 2 == 0 ? approve(dean, device.userCode()) : deny(dean, device.userCode()));
        Reply won = replies.stream()
                .filter(reply -> reply.status() == 200)
                .reduce((a, b) -> {
                    throw new AssertionError("two decisions counted");
                })
                .orElseThrow();
        Reply polled = poll(device).send();
        assertThat(polled.status()).isEqualTo(won.path().endsWith("approve") ? 200 : 400);
    }

    private Map<String, Consumer<Person>> ends() {
        Map<String, Consumer<Person>> ends = new LinkedHashMap<>();
        ends.put("deactivated", person -> keys.order(person, "deactivate").expect(200));
        ends.put("deactivated and activated", person -> {
            keys.order(person, "deactivate").expect(200);
            keys.order(person, "activate").expect(200);
        });
        ends.put(
                "removed",
                person -> world.http()
                        .delete("/api/users/" + person.id())
                        .as(world.admin())
                        .expect(204));
        ends.put(
                "signed out by an admin",
                person -> keys.order(person, "end-sessions").expect(204));
        ends.put(
                "changing the password",
                person -> keys.changePassword(person, "another harbour 20 lanterns")
                        .expect(200));
        ends.put(
                "signing out everywhere else",
                person -> world.http().delete("/api/auth/sessions").as(person).expect(204));
        ends.put("at the end of the membership", person -> {
            String end = world.clock().instant().plusSeconds(1).toString();
            keys.change(person, "membership_ends_at", end).expect(200);
            world.clock().advance(Duration.ofSeconds(1));
        });
        return ends;
    }

    @TestFactory
    Stream<DynamicTest> anApprovalEndsWithTheApprover() {
        int[] number = {0};
        return ends().entrySet().stream()
                .map(end -> DynamicTest.dynamicTest(end.getKey(), () -> {
                    Person person = somebody("ender" + number[0]++);
                    Device device = device("Kitchen screen");
                    approve(person, device.userCode()).expect(200);
                    end.getValue().accept(person);
                    Reply refused = poll(device).expect(400);
                    assertThat(refused.code()).isIn("access_denied", "invalid_grant");
                }));
    }

    /** Whichever comes first: no device is left with tokens that work. */
    @Test
    void aPersonWhoIsDeactivatedWhileTheDeviceAsksLetsNobodyIn() {
        for (int round = 0; round < 5; round++) {
            Person person = somebody("racer" + round);
            Device device = device("Kitchen screen");
            approve(person, device.userCode()).expect(200);
            List<Reply> replies = Race.run(
                    6,
                    i -> i == 0
                            ? keys.order(person, "deactivate").send()
                            : poll(device).send());
            replies.stream()
                    .filter(reply -> reply.path().endsWith("/token") && reply.status() == 200)
                    .forEach(reply -> {
                        keys.me(reply.textAt("/access_token")).refused(401, "invalid_token");
                        keys.refresh(reply.textAt("/refresh_token")).refused(400, "invalid_grant");
                    });
            poll(device).expect(400);
        }
    }

    @Test
    void tokensOfProgramsDecideNothing() {
        Device device = device("Kitchen screen");
        String token = world.http()
                .post("/api/auth/tokens")
                .as(world.member())
                .json("name", "Backup", "scopes", List.of("library:read", "profile:read"))
                .expect(201)
                .textAt("/token");
        Person program = world.member().with(token);
        look(program, device.userCode()).refused(403, "session_required");
        approve(program, device.userCode()).refused(403, "session_required");
        poll(device).refused(400, "authorization_pending");
    }
}
