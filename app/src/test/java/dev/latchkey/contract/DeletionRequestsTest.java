package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Asking for a deletion, and what managers make of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionRequestsTest {
    private World world;
    private Http http;

    @BeforeAll
    void start() {
        world = World.start();
        http = world.http();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private long uploaded() {
        return world.upload(world.manager(), "party.txt", Sample.uniqueText());
    }

    private Call ask(long media) {
        return http.post("/api/media/" + media + "/deletion-requests");
    }

    private long asked(Person person, long media) {
        return ask(media).as(person).json("reason", "Not me").expect(200).longAt("/deletion_request_id");
    }

    private Call decide(long request, String verb) {
        return http.post("/api/deletion-requests/" + request + "/" + verb);
    }

    @Test
    void aMemberAsksAndAManagerDeletes() {
        long media = uploaded();
        Reply asked = ask(media).as(world.member()).json("reason", "Not me").expect(200);
        assertThat(asked.textAt("/status")).isEqualTo("pending");
        long id = asked.longAt("/deletion_request_id");
        assertThat(media(media).at("/deletion_requested").asBoolean()).isTrue();
        ask(media).as(world.manager()).json().refused(409, "already_requested");

        Reply list = http.get("/api/deletion-requests?status=pending&limit=1")
                .as(world.manager())
                .expect(200);
        assertThat(list.longAt("/items/0/id")).isEqualTo(id);
        assertThat(list.longAt("/items/0/media/id")).isEqualTo(media);
        assertThat(list.textAt("/items/0/reason")).isEqualTo("Not me");
        assertThat(list.longAt("/items/0/requested_by/id"))
                .isEqualTo(world.member().id());
        Reply approved = decide(id, "approve").as(world.manager()).json().expect(200);
        assertThat(approved.textAt("/status")).isEqualTo("approved");
        assertThat(approved.longAt("/decided_by/id")).isEqualTo(world.manager().id());
        decide(id, "reject").as(world.admin()).json().refused(409, "already_decided");
        http.get("/api/media/" + media).as(world.member()).refused(404, "not_found");
    }

    private Reply media(long id) {
        return http.get("/api/media/" + id).as(world.guest()).expect(200);
    }

    @Test
    void aRejectionLeavesEverything() {
        long media = uploaded();
        decide(asked(world.member(), media), "reject")
                .as(world.manager())
                .json()
                .expect(200);
        assertThat(media(media).at("/deletion_requested").asBoolean()).isFalse();
        asked(world.member(), media);
    }

    @Test
    void aRequestOutlivesWhoeverMadeIt() {
        Person leaver = world.join("leaver", "member");
        long id = asked(leaver, uploaded());
        http.delete("/api/users/" + leaver.id()).as(world.admin()).expect(204);
        Reply decided = decide(id, "approve").as(world.manager()).json().expect(200);
        assertThat(decided.textAt("/requested_by/display_name")).isEqualTo("former member");
    }

    @Test
    void theListIsWalkedByPages() {
        asked(world.member(), uploaded());
        asked(world.member(), uploaded());
        Reply first =
                http.get("/api/deletion-requests?limit=1").as(world.admin()).expect(200);
        Reply second = http.get("/api/deletion-requests?limit=1&cursor=" + first.textAt("/next_cursor"))
                .as(world.admin())
                .expect(200);
        assertThat(second.longAt("/items/0/id")).isLessThan(first.longAt("/items/0/id"));
        http.get("/api/deletion-requests?status=pending&cursor=" + first.textAt("/next_cursor"))
                .as(world.admin())
                .refused(400, "malformed");
    }

    @TestFactory
    List<DynamicTest> whatIsNotAcceptedChangesNothing() {
        long media = uploaded();
        return Scenario.table(
                when("a guest", () -> ask(media).as(world.guest()).json().send())
                        .problem(403, "forbidden"),
                when("nobody", () -> ask(media).json().send()).status(401),
                when(
                                "no such file",
                                () -> ask(99999999).as(world.member()).json().send())
                        .problem(404, "not_found"),
                when(
                                "a long reason",
                                () -> ask(media)
                                        .as(world.member())
                                        .json("reason", "x".repeat(501))
                                        .send())
                        .problem(422, "invalid_fields"),
                when(
                                "a reason that is a number",
                                () -> ask(media)
                                        .as(world.member())
                                        .json("reason", 7)
                                        .send())
                        .problem(422, "invalid_fields"),
                when(
                                "an id in letters",
                                () -> http.post("/api/media/x/deletion-requests")
                                        .as(world.member())
                                        .json()
                                        .send())
                        .problem(400, "malformed"),
                when(
                                "a member who looks",
                                () -> http.get("/api/deletion-requests")
                                        .as(world.member())
                                        .send())
                        .problem(403, "forbidden"),
                when(
                                "an unknown status",
                                () -> http.get("/api/deletion-requests?status=lost")
                                        .as(world.admin())
                                        .send())
                        .problem(400, "malformed"),
                when(
                                "a decision about nothing",
                                () -> decide(99999999, "approve")
                                        .as(world.admin())
                                        .json()
                                        .send())
                        .problem(404, "not_found"),
                when("and it is all as it was", () -> media(media))
                        .status(200)
                        .and(reply -> assertThat(reply.at("/deletion_requested").asBoolean())
                                .isFalse()));
    }

    @Test
    void fiftyWhoAskAreOneRequest() {
        long media = uploaded();
        List<Reply> replies = Race.of(number -> ask(media)
                .as(number % 2 == 0 ? world.member() : world.manager())
                .json());
        checkOneWinner(replies, "already_requested");
    }

    @Test
    void fiftyWhoDecideAreOneDecision() {
        for (int round = 0; round < 3; round++) {
            long media = uploaded();
            long id = asked(world.member(), media);
            List<Reply> replies = Race.of(number -> decide(id, number % 2 == 0 ? "approve" : "reject")
                    .as(number % 3 == 0 ? world.admin() : world.manager())
                    .json());
            String status = checkOneWinner(replies, "already_decided").textAt("/status");
            http.get("/api/media/" + media).as(world.member()).expect(status.equals("approved") ? 404 : 200);
            assertThat(decisions(id)).isEqualTo(Map.of(status.equals("approved") ? "approve" : "reject", 1));
        }
    }

    /** A manager approves while the uploader deletes: it is trashed once, and both have an answer that is true. */
    @Test
    void anApprovalAndADeletionAtTheSameMomentAreOneDecision() {
        long media = uploaded();
        long id = asked(world.member(), media);
        List<Reply> replies = Race.of(number -> number % 2 == 0
                ? decide(id, "approve").as(world.admin()).json()
                : http.delete("/api/media/" + media).as(world.manager()));
        assertThat(replies.stream().filter(reply -> reply.status() < 300)).hasSize(1);
        assertThat(replies.stream().map(Reply::status)).isSubsetOf(200, 204, 404, 409);
        assertThat(decisions(id)).isEqualTo(Map.of("approve", 1));
        assertThat(audit("media.trash", media)).isEqualTo(1);
    }

    private static Reply checkOneWinner(List<Reply> replies, String code) {
        List<Reply> winners =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(winners).hasSize(1);
        replies.stream().filter(reply -> reply.status() != 200).forEach(reply -> reply.refused(409, code));
        return winners.get(0);
    }

    private Map<String, Integer> decisions(long request) {
        Map<String, Integer> decisions = new java.util.TreeMap<>();
        for (String verb : List.of("approve", "reject")) {
            int rows = audit("deletion_request." + verb, request);
            if (rows > 0) {
                decisions.put(verb, rows);
            }
        }
        return decisions;
    }

    private int audit(String action, long target) {
        Reply audit = http.get("/api/audit?limit=200&action=" + action)
                .as(world.admin())
                .expect(200);
        int rows = 0;
        for (var row : audit.at("/items")) {
            rows += row.path("target").path("id").asLong() == target ? 1 : 0;
        }
        return rows;
    }
}
