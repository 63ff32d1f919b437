package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFactorTest {
    private static final String WRONG = "AAAAA-AAAAA";

    private World world;
    private Keyring keys;
    private Person person;
    private SecondFactor factor;

    @BeforeAll
    void start() {
        world = World.start(Letterbox.NO_MAIL_SERVER);
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @BeforeEach
    void enroll() {
        person = keys.somebody("member");
        factor = keys.enroll(person);
    }

    private String code() {
        return factor.app().codeAt(world.clock().instant());
    }

    private Call totp(String action, Object... namesAndValues) {
        return world.http().post("/api/auth/totp/" + action).as(person).json(namesAndValues);
    }

    private String email() {
        String email = person.username() + "@example.org";
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", email, "current_password", person.password())
                .expect(200);
        return email;
    }

    private List<String> actions() {
        Reply audit = world.http()
                .get("/api/audit?actor_id=" + person.id())
                .as(world.admin())
                .expect(200);
        return audit.at("/items").findValuesAsText("action");
    }

    @Test
    void anEnrolmentIsAnswerOfOneMomentOnly() {
        Person other = keys.somebody("guest");
        Reply reply = world.http()
                .post("/api/auth/totp/enroll")
                .as(other)
                .json("current_password", other.password())
                .expect(200);

        assertThat(reply.textAt("/otpauth_uri"))
                .startsWith("otpauth://totp/Latchkey:" + other.username() + "?secret=" + reply.textAt("/secret"));
        assertThat(reply.textAt("/qr_svg")).startsWith("<svg ").contains("viewBox");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(keys.logIn(other.username(), other.password())
                        .expect(200)
                        .json()
                        .has("token"))
                .isTrue();
    }

    @Test
    void aSignInTakesBothStepsAndKeepsItsDeviceName() {
        Reply half = world.http()
                .post("/api/auth/login")
                .json("username", person.username(), "password", person.password(), "device_name", "Old phone")
                .expect(200);
        assertThat(half.header("Cache-Control")).contains("no-store");
        Reply whole = keys.answer(half.textAt("/challenge"), code()).expect(200);

        assertThat(whole.textAt("/token")).startsWith("lks_");
        assertThat(whole.header("Cache-Control")).contains("no-store");
        assertThat(keys.me(whole.textAt("/token")).expect(200).textAt("/credential/name"))
                .isEqualTo("Old phone");
        assertThat(keys.me(whole.textAt("/token"))
                        .expect(200)
                        .at("/user/second_factor")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aBrowserGetsItsCookieInTheSecondStep() {
        Reply whole = world.http()
                .post("/api/auth/login/second-factor")
                .json("challenge", keys.challenge(person), "code", code(), "cookie", true)
                .expect(200);

        assertThat(whole.setCookie()).isPresent();
        assertThat(whole.json().has("token")).isFalse();
        world.http().get("/api/auth/me").cookie(whole.cookie()).expect(200);
    }

    @TestFactory
    List<DynamicTest> whatIsMissingOrWrongIsSaid() {
        String password = person.password();
        return Scenario.table(
                when(
                                "no challenge",
                                world.http()
                                        .post("/api/auth/login/second-factor")
                                        .json("code", "1"))
                        .invalid("challenge"),
                when(
                                "no code",
                                world.http()
                                        .post("/api/auth/login/second-factor")
                                        .json("challenge", "lkx_1"))
                        .invalid("code"),
                when("an unknown challenge", keys.answer("lkx_1", "123456")).problem(401, "challenge_invalid"),
                when("a wrong code", keys.answer(keys.challenge(person), WRONG)).problem(401, "invalid_code"),
                when("enroll without a password", totp("enroll")).invalid("current_password"),
                when("enroll again", totp("enroll", "current_password", password))
                        .problem(409, "second_factor_on"),
                when("confirm without a code", totp("confirm")).invalid("code"),
                when("confirm again", totp("confirm", "code", code())).problem(409, "second_factor_on"),
                when("disable without a code", totp("disable", "current_password", password))
                        .invalid("code"),
                when("disable with a wrong password", totp("disable", "current_password", "x", "code", code()))
                        .problem(403, "wrong_password"),
                when("disable with a wrong code", totp("disable", "current_password", password, "code", WRONG))
                        .problem(403, "wrong_code"),
                when("codes without a password", totp("backup-codes", "code", code()))
                        .invalid("current_password"),
                when("codes with a wrong code", totp("backup-codes", "current_password", password, "code", WRONG))
                        .problem(403, "wrong_code"));
    }

    @Test
    void aChallengeBearsFiveWrongCodesAndFiveMinutes() {
        String tried = keys.challenge(person);
        for (int i = 0; i < 5; i++) {
            keys.answer(tried, WRONG).refused(401, "invalid_code");
        }
        keys.answer(tried, code()).refused(401, "challenge_invalid");
        String late = keys.challenge(person);
        world.clock().advance(Duration.ofMinutes(5));
        keys.answer(late, code()).refused(401, "challenge_invalid");
    }

    @Test
    void anAdminTakesALostFactorAwayWithItsHalfFinishedSignIns() {
        String email = email();
        String challenge = keys.challenge(person);
        keys.order(person, "reset-second-factor").expect(204);
        keys.order(person, "reset-second-factor").expect(204);

        keys.answer(challenge, factor.backupCodes().get(0)).refused(401, "challenge_invalid");
        assertThat(keys.logIn(person.username(), person.password())
                        .expect(200)
                        .json()
                        .has("token"))
                .isTrue();
        assertThat(keys.me(person.token()).expect(200).at("/user/second_factor").asBoolean())
                .isFalse();
        assertThat(new Letterbox(world.server()).to(email))
                .extracting(Letterbox.Letter::body)
                .anyMatch(body -> body.contains("An admin switched off"));
        Reply audit = world.http()
                .get("/api/audit?action=user.reset_second_factor")
                .as(world.admin())
                .expect(200);
        assertThat(audit.at("/items/0/target/id").asLong()).isEqualTo(person.id());
    }

    @Test
    void oneDoesNotResetOneself() {
        keys.order(world.admin(), "reset-second-factor").refused(409, "self");
        world.http()
                .post("/api/users/99999/reset-second-factor")
                .as(world.admin())
                .json()
                .refused(404, "not_found");
    }

    @Test
    void switchingOnAndOffIsAuditedAndMailed() {
        String email = email();
        String password = person.password();
        totp("backup-codes", "current_password", password, "code", code()).expect(200);
        world.clock().advance(Duration.ofMinutes(1));
        totp("disable", "current_password", password, "code", code()).expect(200);
        keys.enroll(person);

        assertThat(actions())
                .contains("second_factor.enable", "second_factor.regenerate", "second_factor.disable")
                .filteredOn("second_factor.enable"::equals)
                .hasSize(2);
        assertThat(new Letterbox(world.server()).to(email))
                .extracting(Letterbox.Letter::body)
                .anyMatch(body -> body.contains("switched on"))
                .anyMatch(body -> body.contains("switched off"));
        keys.me(person.token()).expect(200);
    }

    @Test
    void failuresAreLinesForFail2banWithoutSecrets() {
        try (LogLines log = LogLines.record()) {
            String challenge = keys.challenge(person);
            keys.answer(challenge, "BBBBB-BBBBB").refused(401, "invalid_code");
            keys.answer("lkx_unknown", "CCCCC-CCCCC").refused(401, "challenge_invalid");
            totp("disable", "current_password", person.password(), "code", "DDDDD-DDDDD")
                    .refused(403, "wrong_code");

            assertThat(log.text().lines().filter(line -> line.startsWith("sign-in failed from 127.0.0.1: ")))
                    .hasSize(3);
            assertThat(log.text())
                    .doesNotContain(
                            challenge,
                            "BBBBB",
                            "CCCCC",
                            "DDDDD",
                            person.username(),
                            factor.app().secret());
        }
    }
}
