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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordResetTest {
    private static final String NEW = "seven copper kettles";
    private static final String UNKNOWN = "lkx_" + "0".repeat(43);

    private World world;
    private Keyring keys;
    private Letterbox letters;

    @BeforeAll
    void start() {
        world = World.start(Letterbox.NO_MAIL_SERVER);
        keys = new Keyring(world);
        letters = new Letterbox(world.server());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Person withAddress(Person person) {
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", address(person), "current_password", World.PASSWORD)
                .expect(200);
        return person;
    }

    private static String address(Person person) {
        return person.username() + "@example.org";
    }

    private Call forgot(Object email) {
        return world.http().post("/api/auth/password/forgot").json("email", email);
    }

    private Call look(Object token) {
        return world.http().post("/api/auth/password/verify-reset-token").json("token", token);
    }

    private Call issue(Person person) {
        return world.http()
                .post("/api/users/" + person.id() + "/reset-password")
                .as(world.admin())
                .json();
    }

    private Call resetWith(String token, String password, String code) {
        return world.http()
                .post("/api/auth/password/reset")
                .json("token", token, "new_password", password, "code", code);
    }

    private Reply me(Person person) {
        return world.http().get("/api/auth/me").as(person).send();
    }

    @Test
    void whoForgotItGetsALinkThatWorksOnceAndEndsEverySignIn() {
        Person person = withAddress(keys.somebody("member"));
        forgot(address(person).toUpperCase(java.util.Locale.ROOT)).expect(200);
        String token = letters.last(address(person)).token();

        look(token).expect(200);
        assertThat(look(token).expect(200).textAt("/email"))
                .isEqualTo(person.username().charAt(0) + "•••@e•••.org");
        keys.reset(token, NEW).expect(200);

        me(person).refused(401, "invalid_token");
        keys.reset(token, NEW + "!").refused(400, "token_invalid");
        assertThat(keys.isGood(token)).isFalse();
        keys.logIn(person.username(), World.PASSWORD).refused(401, "invalid_credentials");
        keys.logIn(person.username(), NEW).expect(200);
        assertThat(letters.last(address(person)).body()).contains("Your password was set by a link.");
        Reply audit = world.http()
                .get("/api/audit?action=password.reset&actor_id=" + person.id())
                .as(world.admin())
                .expect(200);
        assertThat(audit.at("/items").size()).isEqualTo(1);
    }

    @Test
    void whoeverUsesALinkThatWasMailedReadsThatAddressAndIsGreetedByName() {
        Person person = withAddress(keys.somebody("member"));
        keys.change(person, "display_name", "Minna M.").expect(200);
        forgot(address(person)).expect(200);
        assertThat(letters.last(address(person)).body()).doesNotContain("Minna");
        keys.reset(letters.last(address(person)).token(), NEW).expect(200);

        assertThat(letters.last(address(person)).body()).contains("Hello Minna M.,");
        Reply user =
                world.http().get("/api/users/" + person.id()).as(world.admin()).expect(200);
        assertThat(user.at("/email_verified").asBoolean()).isTrue();
    }

    @Test
    void aLinkThatAnAdminSeesVerifiesNoAddress() {
        Person person = withAddress(keys.somebody("member"));
        keys.reset(issue(person).expect(200).textAt("/reset_token"), NEW).expect(200);

        Reply user =
                world.http().get("/api/users/" + person.id()).as(world.admin()).expect(200);
        assertThat(user.at("/email_verified").asBoolean()).isFalse();
    }

    @Test
    void aLinkWorksForAnHourAndANewerOneEndsIt() {
        Person person = withAddress(keys.somebody("guest"));
        String first = keys.resetToken(person);
        forgot(address(person)).expect(200);
        assertThat(keys.isGood(first)).isFalse();
        String second = letters.last(address(person)).token();
        world.clock().advance(Duration.ofMinutes(59));
        assertThat(keys.isGood(second)).isTrue();
        world.clock().advance(Duration.ofMinutes(1));
        assertThat(keys.isGood(second)).isFalse();
        keys.reset(second, NEW).refused(400, "token_invalid");
    }

    @Test
    void aRefusedPasswordDoesNotUseTheLinkUp() {
        Person person = withAddress(keys.somebody("guest"));
        String token = keys.resetToken(person);
        keys.reset(token, "short").refused(422, "password_refused");
        Reply named = keys.reset(token, "my " + person.username() + " 1").refused(422, "password_refused");
        assertThat(named.at("/reasons").size()).isEqualTo(2); // the name in the address is the same
        keys.reset(token, NEW).expect(200);
    }

    @Test
    void usedByFiftyAtOnceItWorksOnce() {
        Person person = keys.somebody("guest");
        String token = keys.resetToken(person);
        List<Reply> replies = Race.of(i -> keys.reset(token, NEW + " " + i));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .allSatisfy(reply -> reply.refused(400, "token_invalid"));
    }

    @Test
    void aSecondFactorIsAskedForAndFiveWrongCodesEndTheLink() {
        Person person = keys.somebody("member");
        Keyring.SecondFactor factor = keys.enroll(person);
        String wrong = factor.app().wrongCodeAt(world.clock().instant());
        String token = keys.resetToken(person);

        for (int i = 0; i < 6; i++) {
            keys.reset(token, NEW).refused(403, "code_required");
        }
        resetWith(token, NEW, " ").refused(403, "code_required");
        for (int i = 0; i < 4; i++) {
            resetWith(token, NEW, wrong).refused(403, "wrong_code");
        }
        resetWith(token, "short", wrong).refused(422, "password_refused");
        assertThat(keys.isGood(token)).isTrue();
        resetWith(token, NEW, wrong).refused(403, "wrong_code");
        assertThat(keys.isGood(token)).isFalse();
        resetWith(token, NEW, factor.app().codeAt(world.clock().instant())).refused(400, "token_invalid");
        me(person).expect(200);
    }

    @Test
    void aCodeOfTheAppOrABackupCodeResetsOnceEach() {
        Person person = keys.somebody("member");
        Keyring.SecondFactor factor = keys.enroll(person);
        String code = factor.app().codeAt(world.clock().instant());

        resetWith(keys.resetToken(person), NEW, code).expect(200);
        String second = keys.resetToken(person);
        resetWith(second, NEW + " 2", code).refused(403, "wrong_code");
        resetWith(second, NEW + " 2", factor.backupCodes().get(0)).expect(200);
        String third = keys.resetToken(person);
        resetWith(third, NEW + " 3", factor.backupCodes().get(0)).refused(403, "wrong_code");
        assertThat(keys.logIn(person.username(), NEW + " 2")
                        .expect(200)
                        .at("/second_factor_required")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void fiftyWrongCodesAtOnceAreFiveTries() {
        Person person = keys.somebody("member");
        Keyring.SecondFactor factor = keys.enroll(person);
        String token = keys.resetToken(person);
        String wrong = factor.app().wrongCodeAt(world.clock().instant());
        List<Reply> replies = Race.of(i -> resetWith(token, NEW, wrong));

        assertThat(replies).filteredOn(reply -> reply.status() == 403).hasSize(5);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 403)
                .allSatisfy(reply -> reply.refused(400, "token_invalid"));
    }

    @Test
    void aLinkForSomebodyWhoIsLockedOpensNothing() {
        Person person = keys.somebody("guest");
        keys.order(person, "deactivate").expect(200);
        keys.reset(keys.resetToken(person), NEW).expect(200);
        keys.logIn(person.username(), NEW).refused(401, "invalid_credentials");
    }

    @Test
    void aLinkOfSomebodyWhoseMembershipHasEndedIsWorthNothing() {
        Person person = keys.somebody("guest");
        keys.change(
                        person,
                        "membership_ends_at",
                        world.clock().instant().plus(Duration.ofMinutes(10)).toString())
                .expect(200);
        String token = keys.resetToken(person);
        assertThat(keys.isGood(token)).isTrue();
        world.clock().advance(Duration.ofMinutes(10));
        assertThat(keys.isGood(token)).isFalse();
        keys.reset(token, NEW).refused(400, "token_invalid");
    }

    @Test
    void aResetTakesTheDutyToChangeAway() {
        Person person = keys.somebodyWhoMustChange("guest");
        keys.reset(keys.resetToken(person), NEW).expect(200);
        assertThat(keys.logIn(person.username(), NEW)
                        .expect(200)
                        .at("/password_change_required")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void theFirstLinkOfANewAccountSurvivesWhatStrangersAskFor() {
        Reply created = world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "fresh", "email", "fresh@example.org", "role", "member")
                .expect(201);
        String url = created.textAt("/setup_url");
        String token = url.substring(url.indexOf("#token=") + "#token=".length());
        assertThat(url).contains("/reset-password#token=lkx_");
        forgot("fresh@example.org").expect(200);
        assertThat(letters.last("fresh@example.org").token()).isNotEqualTo(token);

        world.clock().advance(Duration.ofDays(6));
        world.signInAgain();
        assertThat(keys.isGood(token)).isTrue();
        keys.reset(token, NEW).expect(200);
        keys.logIn("fresh", NEW).expect(200);
    }

    @Test
    void anAdminGetsTheLinkAndThePersonAMail() {
        Person person = withAddress(keys.somebody("guest"));
        Reply issued = issue(person).expect(200);
        assertThat(issued.at("/email_sent").asBoolean()).isTrue();
        assertThat(issued.textAt("/reset_url"))
                .isEqualTo(world.http().origin() + "/reset-password#token=" + issued.textAt("/reset_token"));
        assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
        assertThat(letters.last(address(person)).token()).isEqualTo(issued.textAt("/reset_token"));
        me(person).expect(200);

        assertThat(issue(keys.somebody("guest")).expect(200).at("/email_sent").asBoolean())
                .isFalse();
        issue(world.admin()).refused(409, "self");
    }

    /** What a stranger can see of an answer; a request has an id and a time of its own. */
    private static Map<String, Object> visible(Reply reply) {
        Map<String, Object> visible = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        visible.putAll(reply.headers());
        visible.remove("X-Request-Id");
        visible.remove("Date");
        visible.put("status", reply.status());
        visible.put("body", reply.text());
        return visible;
    }

    @Test
    void nobodyLearnsWhetherThereIsSuchAPerson() {
        Person known = withAddress(keys.somebody("guest"));
        Person locked = withAddress(keys.somebody("guest"));
        keys.order(locked, "deactivate").expect(200);
        world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "nopass", "email", "nopass@example.org", "role", "guest")
                .expect(201);
        int mailsToLocked = letters.to(address(locked)).size();

        List<Map<String, Object>> answers = new ArrayList<>();
        for (String email :
                List.of(address(known), "unknown@example.org", address(locked), "nopass@example.org", "a@b")) {
            answers.add(visible(forgot(email).expect(200)));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.get(0)));
        assertThat(letters.last(address(known)).token()).startsWith("lkx_");
        assertThat(letters.to(address(locked))).hasSize(mailsToLocked);
        assertThat(letters.to("unknown@example.org")).isEmpty();
    }

    @Test
    void whereAddressesAreVerifiedOnlyVerifiedOnesGetLinks() {
        Map<String, String> settings = new java.util.HashMap<>(Letterbox.NO_MAIL_SERVER);
        settings.put("email.verification", "true");
        try (World careful = World.start(settings)) {
            careful.http()
                    .patch("/api/auth/me")
                    .as(careful.guest())
                    .json("email", "gus@example.org", "current_password", World.PASSWORD)
                    .expect(200);
            Letterbox box = new Letterbox(careful.server());
            String verification = box.last("gus@example.org").token();
            Call forgot = careful.http().post("/api/auth/password/forgot").json("email", "gus@example.org");
            forgot.expect(200);
            assertThat(box.to("gus@example.org")).hasSize(1);
            careful.http()
                    .post("/api/auth/password/reset")
                    .json("token", verification, "new_password", NEW)
                    .refused(400, "token_invalid");
            careful.http()
                    .post("/api/auth/email/verify")
                    .json("token", verification)
                    .expect(200);
            careful.http()
                    .post("/api/auth/password/forgot")
                    .json("email", "gus@example.org")
                    .expect(200);
            assertThat(box.to("gus@example.org")).hasSize(2);
        }
    }

    @Test
    void aMailboxGetsThreeLinksAnHour() {
        Map<String, String> settings = new java.util.HashMap<>(Letterbox.NO_MAIL_SERVER);
        settings.putAll(Map.of("throttle.factor", "1", "trusted_proxies", "127.0.0.1"));
        try (World busy = World.start(settings)) {
            busy.http()
                    .patch("/api/auth/me")
                    .as(busy.guest())
                    .json("email", "gus@example.org", "current_password", World.PASSWORD)
                    .expect(200);
            for (int i = 0; i < 5; i++) {
                busy.http()
                        .from("203.0.113." + i)
                        .post("/api/auth/password/forgot")
                        .json("email", "gus@example.org")
                        .expect(200);
            }
            assertThat(new Letterbox(busy.server()).to("gus@example.org")).hasSize(3);
        }
    }

    @TestFactory
    List<DynamicTest> theContract() {
        String token = keys.resetToken(keys.somebody("guest"));
        return Scenario.table(
                when(
                                "forgot: no address",
                                world.http().post("/api/auth/password/forgot").json())
                        .invalid("email"),
                when("forgot: a blank", forgot("  ")).invalid("email"),
                when("forgot: a username", forgot("mel")).invalid("email"),
                when("forgot: a list", forgot(List.of("a@b.example"))).invalid("email"),
                when(
                                "look: no token",
                                world.http()
                                        .post("/api/auth/password/verify-reset-token")
                                        .json())
                        .invalid("token"),
                when("look: unknown", look(UNKNOWN))
                        .status(200)
                        .field("/valid", false)
                        .without("email"),
                when("look: empty", look("")).status(200).field("/valid", false),
                when("look: no address", look(token))
                        .status(200)
                        .field("/valid", true)
                        .without("email"),
                when(
                                "reset: no token",
                                world.http().post("/api/auth/password/reset").json("new_password", NEW))
                        .invalid("token"),
                when(
                                "reset: no password",
                                world.http().post("/api/auth/password/reset").json("token", token))
                        .invalid("new_password"),
                when("reset: unknown", keys.reset(UNKNOWN, NEW)).problem(400, "token_invalid"),
                when("reset: unknown, with a bad password", keys.reset(UNKNOWN, "x"))
                        .problem(400, "token_invalid"),
                when(
                                "issue: nobody there",
                                world.http()
                                        .post("/api/users/99999999/reset-password")
                                        .as(world.admin())
                                        .json())
                        .problem(404, "not_found"),
                when(
                                "issue: by a manager",
                                world.http()
                                        .post("/api/users/" + world.guest().id() + "/reset-password")
                                        .as(world.manager())
                                        .json())
                        .problem(403, "forbidden"));
    }
}
