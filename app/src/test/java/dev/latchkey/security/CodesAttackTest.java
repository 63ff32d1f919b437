package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is tried with join codes and device codes by those who should get nothing by them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodesAttackTest {
    private static final String CODES = "/api/auth/join-codes";
    private static final String DEVICE = "/api/auth/device";
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

    private Http http() {
        return world.http();
    }

    private Call poll(Reply device) {
        return http().post("/api/auth/token").form("grant_type", GRANT, "device_code", device.textAt("/device_code"));
    }

    private Call decide(String decision, Person person, Reply device) {
        return http().post(DEVICE + "/" + decision).as(person).json("user_code", device.textAt("/user_code"));
    }

    @Test
    void whoeverCameInByACodeLetsNobodyElseIn() {
        Person guest = world.guest().with(keys.guest(false));
        Reply device = http().post(DEVICE).json("client_name", "Screen").expect(200);
        http().get(DEVICE + "/" + device.textAt("/user_code")).as(guest).refused(403, "session_required");
        decide("approve", guest, device).refused(403, "session_required");
        decide("deny", guest, device).refused(403, "session_required");
        poll(device).refused(400, "authorization_pending");
        for (Person person : List.of(guest, world.guest(), world.member())) {
            assertThat(http().post(CODES)
                            .as(person)
                            .json("guest_name", "Mallory")
                            .expect(403)
                            .code())
                    .isIn("forbidden", "session_required");
            http().get(CODES).as(person).expect(403);
            http().delete(CODES + "?provider_name=Party").as(person).expect(403);
        }
    }

    @Test
    void tenMegabytesAreNoCode() {
        String long10 = "A".repeat(10_000_000);
        List<Call> shots = List.of(
                http().post(CODES + "/exchange").json("code", long10),
                http().post(CODES).as(world.manager()).json("guest_name", long10),
                http().post(DEVICE).json("client_name", long10),
                http().post(DEVICE + "/approve").as(world.member()).json("user_code", long10),
                http().post("/api/auth/token").json("grant_type", GRANT, "device_code", long10));
        shots.forEach(shot -> assertThat(shot.send().status()).isBetween(400, 499));
    }

    /** Whatever comes first, the device has at most one pair of tokens, and none after a denial. */
    @Test
    void approvingDenyingAndPollingAtOnceEndsInOneStory() {
        for (int round = 0; round < 3; round++) {
            Person person = keys.somebody("member");
            Reply device = http().post(DEVICE).json("client_name", "Screen").expect(200);
            List<Reply> replies = Race.of(number -> switch (number % 3) {
                case 0 -> decide("approve", person, device);
                case 1 -> decide("deny", person, device);
                default -> poll(device);
            });
            List<Reply> won =
                    replies.stream().filter(reply -> reply.status() == 200).toList();
            List<Reply> decided = won.stream()
                    .filter(reply -> !reply.path().endsWith("/token"))
                    .toList();
            assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isLessThan(500));
            assertThat(decided).hasSize(1);
            boolean approved = decided.get(0).path().endsWith("/approve");
            assertThat(won.size() - 1).isLessThanOrEqualTo(approved ? 1 : 0);
            List<String> kinds = http().get("/api/auth/sessions")
                    .as(person)
                    .expect(200)
                    .at("/items")
                    .findValuesAsText("kind");
            assertThat(kinds.stream().filter("refresh"::equals)).hasSize(won.size() - 1);
        }
    }

    @Test
    void aCodeThatIsRevokedWhileAllComeInLetsNobodyInAfterwards() {
        Reply made = http().post(CODES)
                .as(world.manager())
                .json("guest_name", "Party", "max_uses", 0)
                .expect(200);
        String link = made.textAt("/url").split("join=")[1];
        List<Reply> replies = Race.run(
                20,
                number -> number == 0
                        ? http().delete(CODES + "/" + made.longAt("/id"))
                                .as(world.manager())
                                .send()
                        : http().post(CODES + "/exchange").json("code", link).send());
        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 204, 401));
        for (String code : List.of(link, made.textAt("/code"))) {
            http().post(CODES + "/exchange").json("code", code).refused(401, "join_code_invalid");
        }
    }
}
