package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Authenticator;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What may be used once is used by one of fifty, and the other forty-nine hear the same as if it had never been. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneTimeAttackTest {
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

    /** The number of the one that got a 2xx; all others were refused with this. */
    private static int winner(List<Reply> replies, int status, String code) {
        List<Integer> winners = IntStream.range(0, replies.size())
                .filter(number -> replies.get(number).status() < 300)
                .boxed()
                .toList();
        assertThat(winners).as("winners").hasSize(1);
        replies.stream().filter(reply -> reply.status() >= 300).forEach(reply -> reply.refused(status, code));
        return winners.get(0);
    }

    private static String password(int number) {
        return "lanterns of the harbour " + number;
    }

    private void checkThePasswordIsTheWinners(Person person, int winner) {
        for (int number : List.of(winner, (winner + 1) % Race.THREADS)) {
            keys.logIn(person.username(), password(number)).expect(number == winner ? 200 : 401);
        }
        keys.logIn(person.username(), person.password()).expect(401);
    }

    @Test
    void aResetLinkSetsOnePassword() {
        Person person = keys.somebody("member");
        String link = keys.resetToken(person);
        List<Reply> replies = Race.of(number -> keys.reset(link, password(number)));
        checkThePasswordIsTheWinners(person, winner(replies, 400, "token_invalid"));
        assertThat(keys.isGood(link)).isFalse();
    }

    @Test
    void severalResetLinksOfOnePersonSetOnePassword() {
        Person person = keys.somebody("member");
        List<String> links = IntStream.range(0, 5)
                .mapToObj(number -> keys.resetToken(person))
                .toList();
        List<Reply> replies = Race.of(number -> keys.reset(links.get(number % links.size()), password(number)));
        checkThePasswordIsTheWinners(person, winner(replies, 400, "token_invalid"));
    }

    @Test
    void theLinkOfANewAccountSetsOnePassword() {
        Reply created = world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "newcomer", "role", "member")
                .expect(201);
        String link = created.textAt("/setup_url").replaceAll(".*token=", "");
        Person person = new Person(created.longAt("/id"), "newcomer", World.PASSWORD, "");
        List<Reply> replies = Race.of(number -> keys.reset(link, password(number)));
        checkThePasswordIsTheWinners(person, winner(replies, 400, "token_invalid"));
    }

    @Test
    void anInviteThatNeedsNoApprovalMakesOneAccount() {
        String invite = world.invite("auto_approve", true);
        List<Reply> replies = Race.of(number -> world.http()
                .post("/api/auth/register")
                .json("invite_token", invite, "username", "auto" + number, "password", World.PASSWORD));
        winner(replies, 400, "invite_invalid");
        assertThat(people("auto")).isEqualTo(1);
    }

    @Test
    void anInviteIsUsedByARegistrationOrAJoinRequestButNotByBoth() {
        String invite = world.invite("auto_approve", true);
        List<Reply> replies = Race.of(number -> world.http()
                .post(number % 2 == 0 ? "/api/auth/register" : "/api/auth/join-requests")
                .json("invite_token", invite, "username", "both" + number, "password", World.PASSWORD));
        winner(replies, 400, "invite_invalid");
    }

    private int people(String query) {
        return world.http()
                .get("/api/users?limit=200&q=" + query)
                .as(world.admin())
                .expect(200)
                .at("/items")
                .size();
    }

    @Test
    void aNameGoesToOneOfFiftyNewAccounts() {
        List<Reply> replies = Race.of(number -> world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", number % 2 == 0 ? "Unique" : "unique", "role", "guest"));
        winner(replies, 409, "username_taken");
    }

    @Test
    void anAddressGoesToOneOfFiftyNewAccounts() {
        List<Reply> replies = Race.of(number -> world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "mailed" + number, "role", "guest", "email", "One@Example.org"));
        winner(replies, 409, "email_taken");
    }

    @Test
    void aChallengeIsAnsweredOnce() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        String challenge = keys.challenge(person);
        List<Reply> replies = Race.of(number -> keys.answer(
                challenge, number % 2 == 0 ? now(factor) : factor.backupCodes().get(number / 2 % 10)));
        assertOneOf(replies, Set.of("challenge_invalid", "invalid_code"));
    }

    @Test
    void aCodeOfTheAppOpensOneOfFiftySignIns() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        List<String> challenges = challenges(person);
        String code = now(factor);
        List<Reply> replies = Race.of(number -> keys.answer(challenges.get(number), code));
        winner(replies, 401, "invalid_code");
    }

    @Test
    void aCodeOfTheAppOpensOneThingThroughAllDoorsTogether() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        List<String> challenges = challenges(person);
        String link = keys.resetToken(person);
        String code = now(factor);
        IntFunction<Call> doors = number -> switch (number % 4) {
            case 0 -> keys.answer(challenges.get(number), code);
            case 1 ->
                world.http()
                        .post("/api/auth/token")
                        .json(
                                "grant_type",
                                "password",
                                "username",
                                person.username(),
                                "password",
                                person.password(),
                                "totp",
                                code);
            case 2 ->
                world.http()
                        .post("/api/auth/password/reset")
                        .json("token", link, "new_password", password(number), "code", code);
            default ->
                world.http()
                        .post("/api/auth/totp/backup-codes")
                        .as(person)
                        .json("current_password", person.password(), "code", code);
        };
        assertThat(Race.of(doors)).filteredOn(reply -> reply.status() < 300).hasSize(1);
    }

    @Test
    void aBackupCodeOpensOneOfFiftySignIns() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        List<String> challenges = challenges(person);
        List<Reply> replies = Race.of(number ->
                keys.answer(challenges.get(number), factor.backupCodes().get(3)));
        winner(replies, 401, "invalid_code");
        keys.answer(keys.challenge(person), factor.backupCodes().get(3)).refused(401, "invalid_code");
        keys.answer(keys.challenge(person), factor.backupCodes().get(4)).expect(200);
    }

    @Test
    void aChallengeBearsFiveWrongCodesHoweverManyAreSentAtOnce() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        String challenge = keys.challenge(person);
        String wrong = factor.app().wrongCodeAt(world.clock().instant());
        List<Reply> replies = Race.of(number -> keys.answer(challenge, wrong));
        assertThat(replies)
                .filteredOn(reply -> reply.code().equals("invalid_code"))
                .hasSize(5);
        assertThat(replies)
                .filteredOn(reply -> reply.code().equals("challenge_invalid"))
                .hasSize(Race.THREADS - 5);
        keys.answer(challenge, now(factor)).refused(401, "challenge_invalid");
        keys.answer(keys.challenge(person), now(factor)).expect(200);
    }

    @Test
    void aResetLinkBearsFiveWrongCodesHoweverManyAreSentAtOnce() {
        Person person = keys.somebody("member");
        SecondFactor factor = keys.enroll(person);
        String link = keys.resetToken(person);
        String wrong = factor.app().wrongCodeAt(world.clock().instant());
        List<Reply> replies = Race.of(number -> resetWith(link, wrong));
        assertThat(replies)
                .filteredOn(reply -> reply.code().equals("wrong_code"))
                .hasSize(5);
        resetWith(link, now(factor)).refused(400, "token_invalid");
        keys.logIn(person.username(), person.password()).expect(200);
    }

    private Call resetWith(String link, String code) {
        return world.http()
                .post("/api/auth/password/reset")
                .json("token", link, "new_password", password(0), "code", code);
    }

    @Test
    void anEnrolmentIsConfirmedOnce() {
        Person person = keys.somebody("member");
        String secret = world.http()
                .post("/api/auth/totp/enroll")
                .as(person)
                .json("current_password", person.password())
                .expect(200)
                .textAt("/secret");
        String code = new Authenticator(secret).codeAt(world.clock().instant());
        List<Reply> replies = Race.of(
                number -> world.http().post("/api/auth/totp/confirm").as(person).json("code", code));
        assertOneOf(replies, Set.of("second_factor_on", "wrong_code"));
    }

    private static void assertOneOf(List<Reply> replies, Set<String> codes) {
        assertThat(replies).filteredOn(reply -> reply.status() < 300).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() >= 300)
                .allMatch(reply -> codes.contains(reply.code()), "a refusal with " + codes);
    }

    private List<String> challenges(Person person) {
        return IntStream.range(0, Race.THREADS)
                .mapToObj(number -> keys.challenge(person))
                .toList();
    }

    private String now(SecondFactor factor) {
        return factor.app().codeAt(world.clock().instant());
    }
}
