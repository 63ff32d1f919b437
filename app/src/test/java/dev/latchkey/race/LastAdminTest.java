package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Http;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastAdminTest {
    private static final int ROUNDS = 10;

    @Test
    void twoAdminsCannotPutEachOtherOutAtTheSameMoment() {
        try (World world = World.start()) {
            Person first = world.admin();
            Person second = world.join("second", "admin");
            for (int round = 0; round < ROUNDS; round++) {
                Person one = world.signIn(first);
                Person two = world.signIn(second);
                List<Reply> replies = Race.run(
                        2,
                        number ->
                                number == 0 ? deactivate(world.http(), one, two) : deactivate(world.http(), two, one));

                assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
                boolean oneWon = replies.get(0).status() == 200;
                Person survivor = oneWon ? one : two;
                Person loser = oneWon ? two : one;
                world.http()
                        .post("/api/users/" + loser.id() + "/activate")
                        .as(survivor)
                        .json()
                        .expect(200);
            }
        }
    }

    private static Reply deactivate(Http http, Person admin, Person other) {
        return http.post("/api/users/" + other.id() + "/deactivate")
                .as(admin)
                .json()
                .send();
    }
}
