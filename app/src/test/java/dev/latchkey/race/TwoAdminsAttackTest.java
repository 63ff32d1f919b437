package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Admins who put each other out at the same moment: one of them stays, whatever way they choose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoAdminsAttackTest {
    private static final int ROUNDS = 2;
    private World world;
    private Person one;
    private int newcomers;

    @BeforeAll
    void start() {
        world = World.start();
        one = world.admin();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Map<String, BiFunction<Person, Person, Call>> ways() {
        Map<String, BiFunction<Person, Person, Call>> ways = new LinkedHashMap<>();
        ways.put("demote", (by, whom) -> patch(by, whom, "role", "member"));
        ways.put("switch off", (by, whom) -> patch(by, whom, "active", false));
        ways.put("limit", (by, whom) -> patch(by, whom, "membership_ends_at", "2027-11-21T12:00:00.000Z"));
        ways.put(
                "deactivate",
                (by, whom) -> world.http()
                        .post("/api/users/" + whom.id() + "/deactivate")
                        .as(by)
                        .json());
        ways.put(
                "delete",
                (by, whom) -> world.http().delete("/api/users/" + whom.id()).as(by));
        return ways;
    }

    private Call patch(Person by, Person whom, Object... change) {
        return world.http().patch("/api/users/" + whom.id()).as(by).json(change);
    }

    @TestFactory
    Stream<DynamicTest> oneAdminIsLeft() {
        Map<String, BiFunction<Person, Person, Call>> ways = ways();
        List<String> names = new ArrayList<>(ways.keySet());
        return names.stream()
                .flatMap(mine -> names.stream()
                        .filter(theirs -> names.indexOf(theirs) >= names.indexOf(mine))
                        .map(theirs -> DynamicTest.dynamicTest(mine + " against " + theirs, () -> {
                            for (int round = 0; round < (mine.equals(theirs) ? ROUNDS : 1); round++) {
                                play(ways.get(mine), ways.get(theirs));
                            }
                        })));
    }

    private void play(BiFunction<Person, Person, Call> mine, BiFunction<Person, Person, Call> theirs) {
        Person two = world.signIn(newAdmin());
        List<Reply> replies = Race.run(
                2,
                number -> number == 0
                        ? mine.apply(one, two).send()
                        : theirs.apply(two, one).send());

        assertThat(replies)
                .as(replies::toString)
                .filteredOn(reply -> reply.status() < 300)
                .hasSize(1);
        Reply loser = replies.stream()
                .filter(reply -> reply.status() >= 300)
                .findFirst()
                .orElseThrow();
        assertThat(loser.status()).as(loser::toString).isIn(401, 403, 409);
        Person survivor = replies.get(0).status() < 300 ? one : two;
        checkUnlimitedAdmin(survivor);
        // A loser by a limit is an admin still: the next round has to begin with one.
        Person other = survivor == one ? two : one;
        int status = world.http()
                .delete("/api/users/" + other.id())
                .as(survivor)
                .send()
                .status();
        assertThat(status).isIn(204, 404);
        one = survivor;
    }

    private Person newAdmin() {
        String name = "rival" + newcomers++;
        String invite = world.http()
                .post("/api/auth/invites")
                .as(one)
                .json("role", "admin")
                .expect(200)
                .textAt("/invite_token");
        long request = world.http()
                .post("/api/auth/join-requests")
                .json("invite_token", invite, "username", name, "password", World.PASSWORD)
                .expect(200)
                .longAt("/join_request_id");
        long id = world.http()
                .post("/api/auth/join-requests/" + request + "/approve")
                .as(one)
                .json()
                .expect(200)
                .longAt("/user/id");
        return new Person(id, name, World.PASSWORD, "");
    }

    private void checkUnlimitedAdmin(Person survivor) {
        Reply me = world.http().get("/api/auth/me").as(survivor).expect(200);
        assertThat(me.textAt("/user/role")).isEqualTo("admin");
        assertThat(me.at("/user/active").asBoolean()).isTrue();
        assertThat(me.at("/user/membership_ends_at").isNull()).isTrue();
    }
}
