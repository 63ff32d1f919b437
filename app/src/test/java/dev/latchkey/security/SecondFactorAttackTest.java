package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Authenticator;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ways around a second factor that others left open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFactorAttackTest {
    private static final String OTHER_PASSWORD = "another harbour 20 lanterns";

    private World world;
    private Keyring keys;
    private Person person;
    private SecondFactor factor;

    @BeforeAll
    void start() {
        world = World.start();
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

    private String now() {
        return factor.app().codeAt(world.clock().instant());
    }

    private String wrong() {
        return factor.app().wrongCodeAt(world.clock().instant());
    }

    private Call totp(String action, Object... namesAndValues) {
        return world.http().post("/api/auth/totp/" + action).as(person).json(namesAndValues);
    }

    @Test
    void aCodeIsGoodOneStepEitherSideAndNotTwice() {
        world.clock().advance(Duration.ofSeconds(90));
        String before = factor.app().codeAt(world.clock().instant().minusSeconds(60));
        keys.answer(keys.challenge(person), before).refused(401, "invalid_code");
        String ahead = factor.app().codeAt(world.clock().instant().plusSeconds(60));
        keys.answer(keys.challenge(person), ahead).refused(401, "invalid_code");
        String next = factor.app().codeAt(world.clock().instant().plusSeconds(30));
        keys.answer(keys.challenge(person), next).expect(200);
        keys.answer(keys.challenge(person), next).refused(401, "invalid_code");
        // Steps at or before the last accepted one are spent, though the clock has not come to them yet.
        keys.answer(keys.challenge(person), now()).refused(401, "invalid_code");
        world.clock().advance(Duration.ofSeconds(60));
        keys.answer(keys.challenge(person), now()).expect(200);
    }

    @Test
    void aCodeThatConfirmedTheAppIsSpent() {
        Person fresh = keys.somebody("member");
        Authenticator app = new Authenticator(world.http()
                .post("/api/auth/totp/enroll")
                .as(fresh)
                .json("current_password", fresh.password())
                .expect(200)
                .textAt("/secret"));
        String code = app.codeAt(world.clock().instant());
        world.http().post("/api/auth/totp/confirm").as(fresh).json("code", code).expect(200);
        keys.answer(keys.challenge(fresh), code).refused(401, "invalid_code");
    }

    @Test
    void anAppThatWasNotConfirmedProtectsNothingAndOpensNothing() {
        Person fresh = keys.somebody("member");
        enrolled(fresh);
        keys.logIn(fresh.username(), fresh.password()).expect(200).at("/token");
        assertThat(world.http()
                        .get("/api/auth/me")
                        .as(fresh)
                        .expect(200)
                        .at("/user/second_factor")
                        .asBoolean())
                .isFalse();
    }

    private Authenticator enrolled(Person someone) {
        return new Authenticator(world.http()
                .post("/api/auth/totp/enroll")
                .as(someone)
                .json("current_password", someone.password())
                .expect(200)
                .textAt("/secret"));
    }

    @Test
    void aSecondEnrolmentReplacesTheFirstBeforeItIsConfirmed() {
        Person fresh = keys.somebody("member");
        Authenticator first = enrolled(fresh);
        Authenticator second = enrolled(fresh);
        assertThat(first.secret()).isNotEqualTo(second.secret());
        Call old = world.http()
                .post("/api/auth/totp/confirm")
                .as(fresh)
                .json("code", first.codeAt(world.clock().instant()));
        old.refused(403, "wrong_code");
        world.http()
                .post("/api/auth/totp/confirm")
                .as(fresh)
                .json("code", second.codeAt(world.clock().instant()))
                .expect(200);
    }

    @Test
    void aSessionAloneChangesNothingAboutTheFactor() {
        totp("disable", "code", now()).expect(422);
        totp("disable", "current_password", person.password()).expect(422);
        totp("disable", "current_password", "wrong password", "code", now()).refused(403, "wrong_password");
        totp("disable", "current_password", person.password(), "code", wrong()).refused(403, "wrong_code");
        totp("backup-codes", "current_password", "wrong password", "code", now())
                .refused(403, "wrong_password");
        totp("backup-codes", "current_password", person.password(), "code", wrong())
                .refused(403, "wrong_code");
        totp("enroll", "current_password", person.password()).refused(409, "second_factor_on");
        totp("confirm", "code", now()).refused(409, "second_factor_on");
        Person fresh = keys.somebody("member");
        world.http()
                .post("/api/auth/totp/enroll")
                .as(fresh)
                .json("current_password", "wrong password")
                .refused(403, "wrong_password");
        // None of these spent the code.
        keys.answer(keys.challenge(person), now()).expect(200);
    }

    @Test
    void newBackupCodesEndTheOldOnesAndDisablingEndsThemAll() {
        Reply renewed = totp("backup-codes", "current_password", person.password(), "code", now())
                .expect(200);
        List<String> codes =
                renewed.at("/backup_codes").valueStream().map(c -> c.asText()).toList();
        assertThat(codes).hasSize(10).doesNotHaveDuplicates().doesNotContainAnyElementsOf(factor.backupCodes());
        keys.answer(keys.challenge(person), factor.backupCodes().get(0)).refused(401, "invalid_code");
        keys.answer(keys.challenge(person), codes.get(0)).expect(200);
        String challenge = keys.challenge(person);
        totp("disable", "current_password", person.password(), "code", codes.get(1))
                .expect(200);
        assertThat(keys.answer(challenge, codes.get(2)).send().status()).isEqualTo(401);
        keys.logIn(person.username(), person.password()).expect(200).textAt("/token");
        totp("disable", "current_password", person.password(), "code", codes.get(3))
                .refused(409, "second_factor_off");
    }

    @Test
    void anotherPersonsCodeOpensNothing() {
        Person other = keys.somebody("member");
        SecondFactor theirs = keys.enroll(other);
        String challenge = keys.challenge(person);
        keys.answer(challenge, theirs.app().codeAt(world.clock().instant())).refused(401, "invalid_code");
        keys.answer(challenge, theirs.backupCodes().get(0)).refused(401, "invalid_code");
        keys.answer(keys.challenge(other), theirs.backupCodes().get(0)).expect(200);
    }

    @Test
    void aResetLinkDoesNotGoAroundTheFactor() {
        String link = keys.resetToken(person);
        keys.reset(link, OTHER_PASSWORD).refused(403, "code_required");
        Call wrongCode = world.http()
                .post("/api/auth/password/reset")
                .json("token", link, "new_password", OTHER_PASSWORD, "code", wrong());
        wrongCode.refused(403, "wrong_code");
        keys.logIn(person.username(), OTHER_PASSWORD).expect(401);
        world.http()
                .post("/api/auth/password/reset")
                .json("token", link, "new_password", OTHER_PASSWORD, "code", now())
                .expect(200);
        Reply half = keys.logIn(person.username(), OTHER_PASSWORD).expect(200);
        assertThat(half.at("/second_factor_required").asBoolean()).isTrue();
        keys.answer(half.textAt("/challenge"), now()).refused(401, "invalid_code");
    }

    @Test
    void aResetThatIsRefusedSpendsNoCode() {
        String link = keys.resetToken(person);
        world.http()
                .post("/api/auth/password/reset")
                .json("token", link, "new_password", "password", "code", now())
                .refused(422, "password_refused");
        world.http()
                .post("/api/auth/password/reset")
                .json("token", "lkx_" + "0".repeat(43), "new_password", OTHER_PASSWORD, "code", now())
                .refused(400, "token_invalid");
        keys.answer(keys.challenge(person), now()).expect(200);
    }

    @Test
    void theSecretIsShownOnceAndNeverAgain() {
        String me = world.http().get("/api/auth/me").as(person).expect(200).text();
        String seen = world.http()
                .get("/api/users/" + person.id())
                .as(world.admin())
                .expect(200)
                .text();
        assertThat(me + seen).doesNotContain(factor.app().secret()).contains("\"second_factor\":true");
        world.http().get("/api/users/" + person.id()).as(world.manager()).expect(403);
    }
}
