package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One refresh token in many hands at once: two tabs get the same, and a thief ends it for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshAttackTest {
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

    @Test
    void fiftyRefreshesOfOneTokenLeaveOneChain() {
        Person person = keys.somebody("member");
        Tokens first = keys.tokens(person);
        List<Reply> replies = Race.of(number -> keys.refresh(first.refresh()));

        Set<String> successors = new HashSet<>();
        replies.forEach(reply -> successors.add(reply.expect(200).textAt("/refresh_token")));
        assertThat(successors).hasSize(1).doesNotContain(first.refresh());
        replies.forEach(reply -> keys.me(reply.textAt("/access_token")).expect(200));
        keys.refresh(successors.iterator().next()).expect(200);
        assertThat(families(person)).isEqualTo(1);
    }

    @Test
    void fiftyReusesEndOneFamilyOnceAndNoOther() {
        Person person = keys.somebody("member");
        Tokens stolen = keys.tokens(person);
        Tokens other = keys.tokens(person);
        Tokens last = keys.refreshed(keys.refreshed(stolen));
        int before = reuses();
        List<Reply> replies = Race.of(number -> keys.refresh(stolen.refresh()));

        assertThat(replies)
                .allMatch(
                        reply -> reply.status() == 400 && reply.textAt("/error").equals("invalid_grant"));
        keys.me(last.access()).expect(401);
        assertThat(keys.refresh(last.refresh()).send().status()).isEqualTo(400);
        keys.refresh(other.refresh()).expect(200);
        assertThat(reuses()).isEqualTo(before + 1);
    }

    @Test
    void aRefreshThatIsRacedByItsReuseIsDeadAfterIt() {
        Person person = keys.somebody("member");
        for (int round = 0; round < 5; round++) {
            Tokens stolen = keys.tokens(person);
            Tokens good = keys.refreshed(keys.refreshed(stolen));
            List<Reply> replies = Race.run(
                    8,
                    number -> keys.refresh(number == 0 ? stolen.refresh() : good.refresh())
                            .send());
            assertThat(replies.get(0).status()).isEqualTo(400);
            replies.stream().filter(reply -> reply.status() == 200).forEach(reply -> {
                keys.me(reply.textAt("/access_token")).expect(401);
                assertThat(keys.refresh(reply.textAt("/refresh_token")).send().status())
                        .isEqualTo(400);
            });
        }
    }

    @Test
    void withoutAGraceFiftyRefreshesOfOneTokenEndTheFamily() {
        try (World strict = World.start(Map.of("refresh.grace_seconds", "0"))) {
            Keyring ring = new Keyring(strict);
            Tokens first = ring.tokens(strict.member());
            List<Reply> replies = Race.of(number -> ring.refresh(first.refresh()));
            assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
            Reply winner = replies.stream()
                    .filter(reply -> reply.status() == 200)
                    .findFirst()
                    .orElseThrow();
            ring.me(winner.textAt("/access_token")).expect(401);
        }
    }

    private int reuses() {
        return world.http()
                .get("/api/audit?limit=200&action=family.refresh_reuse")
                .as(world.admin())
                .expect(200)
                .at("/items")
                .size();
    }

    private long families(Person person) {
        Http http = world.http();
        long families = 0;
        for (JsonNode item :
                http.get("/api/auth/sessions").as(person).expect(200).at("/items")) {
            families += item.path("kind").asText().equals("refresh") ? 1 : 0;
        }
        return families;
    }

    @Test
    void theGraceEndsAfterTenSeconds() {
        Person person = keys.somebody("member");
        Tokens first = keys.tokens(person);
        Tokens second = keys.refreshed(first);
        world.clock().advance(Duration.ofSeconds(9));
        assertThat(keys.refreshed(first).refresh()).isEqualTo(second.refresh());
        world.clock().advance(Duration.ofSeconds(2));
        assertThat(keys.refresh(first.refresh()).send().status()).isEqualTo(400);
        assertThat(keys.refresh(second.refresh()).send().status()).isEqualTo(400);
        keys.me(second.access()).expect(401);
    }
}
