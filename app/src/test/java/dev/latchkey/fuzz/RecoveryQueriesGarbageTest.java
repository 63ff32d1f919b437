package dev.latchkey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Strange ids, forms, cursors and filters of the routes about accounts: refused in the right words, never a 5xx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryQueriesGarbageTest {
    private World world;
    private LogLines log;

    @BeforeAll
    void start() {
        world = World.start();
        log = LogLines.record();
    }

    @AfterAll
    void stop() {
        String errors = log.errors();
        log.close();
        world.close();
        assertThat(errors).as("what was logged as a bug").isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> idsThatAreNoneAreMalformedOrUnknown() {
        List<String> ids = List.of(
                "0", "-1", "x", "1.5", "9223372036854775808", "%00", "1%2F2", "%201", "+1", "0x10", "1e1", "%D9%A1");
        return world.server().routes().stream()
                .filter(route -> route.matches(".*/api/(users|mail)/\\{id}.*"))
                .map(route -> DynamicTest.dynamicTest(route, () -> {
                    String[] words = route.split(" ");
                    for (String id : ids) {
                        Reply reply = Shot.of(words[0], words[1].replace("{id}", id))
                                .json("{}")
                                .as(world.admin().token())
                                .at(world.server());
                        assertThat(reply.status()).as(reply::toString).isIn(400, 404);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> formsOfTheTokenEndpointAreReadAsRfc6749Says() {
        return Stream.of(
                        "",
                        "grant_type",
                        "grant_type=",
                        "grant_type=password",
                        "grant_type=password&username=mel",
                        "grant_type=password&grant_type=password&username=mel&password=x",
                        "grant_type=password&username=mel&username=ada&password=x",
                        "grant_type=refresh_token",
                        "grant_type=refresh_token&refresh_token=",
                        "grant_type=refresh_token&refresh_token=a&refresh_token=b",
                        "grant_type=client_credentials",
                        "grant_type=authorization_code&code=x",
                        "grant_type=urn:ietf:params:oauth:grant-type:device_code",
                        "grant_type=password&username=%00&password=%ff%fe",
                        "grant_type=password&username=%ZZ&password=x",
                        "grant_type=password&username=%&password=x",
                        "&&&&",
                        "====",
                        "grant_type=password&username=mel&password=" + "x".repeat(20_000),
                        "a=b&".repeat(10_000))
                .map(form -> DynamicTest.dynamicTest("»" + form.substring(0, Math.min(60, form.length())) + "«", () -> {
                    Reply reply = Shot.of("POST", "/api/auth/token")
                            .body(
                                    "application/x-www-form-urlencoded",
                                    form.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                            .at(world.server());
                    assertThat(reply.status()).as(reply::toString).isIn(400, 413);
                    if (reply.status() == 400) {
                        assertThat(reply.textAt("/error"))
                                .isIn("invalid_request", "invalid_grant", "unsupported_grant_type");
                    }
                    assertThat(reply.header("Cache-Control")).contains("no-store");
                }));
    }

    @Test
    void secretsInAQueryAreNotTaken() {
        String query = "?grant_type=password&username=mel&password=" + World.PASSWORD.replace(" ", "%20");
        Reply reply = Shot.of("POST", "/api/auth/token" + query)
                .body("application/x-www-form-urlencoded", new byte[0])
                .at(world.server());
        assertThat(reply.status()).as(reply::toString).isEqualTo(400);
        assertThat(reply.textAt("/error")).isEqualTo("invalid_request");
    }

    @TestFactory
    Stream<DynamicTest> listsAreAskedForInTheRightWords() {
        List<String> queries = List.of(
                "limit=0",
                "limit=201",
                "limit=x",
                "limit=",
                "limit=9223372036854775808",
                "cursor=x",
                "cursor=%00",
                "cursor=" + "A".repeat(4000),
                "limit=1&limit=x",
                "cursor=%ff");
        return Stream.of("/api/users", "/api/mail", "/api/auth/sessions", "/api/auth/invites")
                .flatMap(path -> queries.stream()
                        .map(query -> DynamicTest.dynamicTest(
                                path + "?" + query.substring(0, Math.min(30, query.length())), () -> {
                                    Reply reply = Shot.of("GET", path + "?" + query)
                                            .as(world.admin().token())
                                            .at(world.server());
                                    assertThat(reply.status())
                                            .as(reply::toString)
                                            .isIn(200, 400);
                                    if (!query.equals("limit=") && !query.startsWith("limit=1&")) {
                                        assertThat(reply.status())
                                                .as(reply::toString)
                                                .isEqualTo(400);
                                    }
                                })));
    }

    @TestFactory
    Stream<DynamicTest> filtersOfPeopleAndMailsTakeAnyText() {
        List<String> values =
                List.of("%00", "%25", "%27", "%22", "%ff", "*", "%5C", "_", "%F0%9F%8F%B3", "x".repeat(2000), "");
        return Stream.of("/api/users?q=", "/api/users?role=", "/api/users?active=", "/api/mail?state=")
                .flatMap(path -> values.stream()
                        .map(value ->
                                DynamicTest.dynamicTest(path + value.substring(0, Math.min(20, value.length())), () -> {
                                    Reply reply = Shot.of("GET", path + value)
                                            .as(world.admin().token())
                                            .at(world.server());
                                    assertThat(reply.status())
                                            .as(reply::toString)
                                            .isIn(200, 400);
                                })));
    }
}
