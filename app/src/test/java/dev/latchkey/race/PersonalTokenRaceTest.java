package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many make and revoke personal access tokens at the same moment, and are put out meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalTokenRaceTest {
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

    private Call make(Person owner) {
        return world.http().post("/api/auth/tokens").as(owner).json("name", "Race");
    }

    private static long count(List<Reply> replies, int status) {
        return replies.stream().filter(reply -> reply.status() == status).count();
    }

    @Test
    void nobodyGetsMoreThanAHundredByAskingAtOnce() {
        Person owner = keys.somebody("member");
        for (int i = 0; i < 93; i++) {
            make(owner).expect(201);
        }
        List<Reply> replies = Race.of(number -> make(owner));
        assertThat(count(replies, 201)).isEqualTo(7);
        assertThat(count(replies, 409)).isEqualTo(Race.THREADS - 7);
    }

    @Test
    void aTokenIsRevokedOnce() {
        Person owner = keys.somebody("member");
        long id = keys.idOf(keys.personalToken(owner));
        List<Reply> replies = Race.of(number -> number % 2 == 0
                ? world.http().delete("/api/auth/tokens/" + id).as(owner)
                : world.http().delete("/api/auth/admin/tokens/" + id).as(world.admin()));
        assertThat(count(replies, 204)).isOne();
        assertThat(count(replies, 404)).isEqualTo(Race.THREADS - 1);
    }

    @Test
    void noTokenIsMadePastADeactivation() {
        for (int round = 0; round < 4; round++) {
            Person owner = keys.somebody("member");
            List<Reply> replies = Race.of(number -> number == 7 ? keys.order(owner, "deactivate") : make(owner));
            keys.order(owner, "activate").expect(200);
            assertAllDead(replies);
            assertThat(world.http()
                            .get("/api/auth/tokens")
                            .as(world.signIn(owner))
                            .expect(200)
                            .at("/items"))
                    .isEmpty();
        }
    }

    @Test
    void noTokenIsMadePastARemoval() {
        for (int round = 0; round < 4; round++) {
            Person owner = keys.somebody("member");
            Call removal = world.http().delete("/api/users/" + owner.id()).as(world.admin());
            assertAllDead(Race.of(number -> number == 7 ? removal : make(owner)));
        }
    }

    @Test
    void aSessionThatWasEndedMakesNoMoreTokens() {
        for (int round = 0; round < 4; round++) {
            Person owner = keys.somebody("member");
            Race.of(number -> number == 7 ? keys.order(owner, "end-sessions") : make(owner));
            make(owner).refused(401, "invalid_token");
        }
    }

    /** Whatever was made, before or after, opens nothing. */
    private void assertAllDead(List<Reply> replies) {
        replies.stream()
                .filter(reply -> reply.status() == 201)
                .forEach(reply -> keys.me(reply.textAt("/token")).refused(401, "invalid_token"));
        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 201, 204, 401));
    }
}
