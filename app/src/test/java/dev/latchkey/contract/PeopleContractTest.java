package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The edges of running the people of the house. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleContractTest {
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

    private Call create(Object... namesAndValues) {
        return world.http().post("/api/users").as(world.admin()).json(namesAndValues);
    }

    private Reply get(long id) {
        return world.http().get("/api/users/" + id).as(world.admin()).expect(200);
    }

    private List<String> names(String query) {
        Reply reply = world.http().get("/api/users?" + query).as(world.admin()).expect(200);
        return reply.at("/items")
                .valueStream()
                .map(item -> item.path("username").asText())
                .toList();
    }

    @TestFactory
    List<DynamicTest> aNewAccountIsCheckedFieldByField() {
        return Scenario.table(
                when("no name", create("role", "member")).invalid("username"),
                when("no role", create("username", "roleless")).status(201, 422),
                when("unknown role", create("username", "king", "role", "king")).status(400, 422),
                when("a name with a blank", create("username", "former member 12", "role", "guest"))
                        .invalid("username"),
                when("a name that is an address", create("username", "a@b.example", "role", "guest"))
                        .invalid("username"),
                when("a name of 65", create("username", "a".repeat(65), "role", "guest"))
                        .invalid("username"),
                when("a name of 64", create("username", "a".repeat(64), "role", "guest"))
                        .status(201),
                when("a name that looks like another", create("username", "m\u0435l", "role", "guest"))
                        .invalid("username"),
                when("no address", create("username", "addressless", "role", "guest", "email", "nowhere"))
                        .invalid("email"),
                when("two addresses", create("username", "two", "role", "guest", "email", "a@b.example,c@d.example"))
                        .invalid("email"),
                when(
                                "a header",
                                create(
                                        "username",
                                        "header",
                                        "role",
                                        "guest",
                                        "email",
                                        "a@b.example\r\nBcc: c@d.example"))
                        .invalid("email"),
                when("a common password", create("username", "common", "role", "guest", "password", "password"))
                        .problem(422, "password_refused"),
                when("the name as password", create("username", "theodora", "role", "guest", "password", "theodora1"))
                        .problem(422, "password_refused"),
                when("a taken name", create("username", "MEL", "role", "guest")).problem(409, "username_taken"),
                when("a name that is asked for", () -> {
                            world.ask("asked", "guest");
                            return create("username", "asked", "role", "guest").send();
                        })
                        .problem(409, "username_taken"));
    }

    @Test
    void anAccountWithoutAPasswordHasALinkAndNoOtherWayIn() {
        Reply created = create("username", "linked", "role", "manager", "display_name", "Linked")
                .expect(201);
        assertThat(created.textAt("/role")).isEqualTo("manager");
        String link = created.textAt("/setup_url");
        assertThat(link).startsWith(world.http().origin() + "/reset-password#token=lkx_");
        assertThat(created.header("Cache-Control")).contains("no-store");
        assertThat(get(created.longAt("/id")).text()).doesNotContain("setup_url", "lkx_");
        assertThat(keys.logIn("linked", "").send().status()).isIn(401, 422);
        keys.logIn("linked", World.PASSWORD).expect(401);
        keys.reset(link.replaceAll(".*token=", ""), "lanterns of the harbour").expect(200);
        Reply signedIn = keys.logIn("linked", "lanterns of the harbour").expect(200);
        assertThat(signedIn.at("/password_change_required").asBoolean()).isFalse();
    }

    @Test
    void aLinkOfANewAccountLivesSevenDaysAndTheAdminsResetOneHour() {
        String token = create("username", "slow", "role", "guest")
                .expect(201)
                .textAt("/setup_url")
                .replaceAll(".*token=", "");
        world.clock().advance(java.time.Duration.ofHours(167));
        assertThat(keys.isGood(token)).isTrue();
        world.clock().advance(java.time.Duration.ofHours(1));
        assertThat(keys.isGood(token)).isFalse();
        keys.reset(token, "lanterns of the harbour").refused(400, "token_invalid");
        String reset = keys.resetToken(world.member());
        world.clock().advance(java.time.Duration.ofMinutes(60));
        assertThat(keys.isGood(reset)).isFalse();
    }

    @Test
    void anAccountWithAPasswordHasNoLinkAndMustChangeIt() {
        Reply created = create("username", "forced", "role", "member", "password", "set by an admin 12")
                .expect(201);
        assertThat(created.json().path("setup_url").isTextual()).isFalse();
        assertThat(created.at("/password_change_required").asBoolean()).isTrue();
        Reply signedIn = keys.logIn("forced", "set by an admin 12").expect(200);
        assertThat(signedIn.at("/password_change_required").asBoolean()).isTrue();
        Person person = new Person(created.longAt("/id"), "forced", "set by an admin 12", signedIn.textAt("/token"));
        world.http().get("/api/media").as(person).refused(403, "password_change_required");
        keys.changePassword(person, "set by an admin 12").expect(422);
        keys.changePassword(person, "lanterns of the harbour").expect(200);
        world.http().get("/api/media").as(person).expect(200);
        assertThat(get(person.id()).at("/password_change_required").asBoolean()).isFalse();
    }

    @Test
    void aForcedChangeHoldsForAccessTokensToo() {
        Person person = keys.somebodyWhoMustChange("member");
        Reply grant = keys.passwordGrant(person.username(), person.password()).send();
        if (grant.status() == 200) {
            world.http()
                    .get("/api/media")
                    .bearer(grant.textAt("/access_token"))
                    .refused(403, "password_change_required");
        }
    }

    @Test
    void theListIsFilteredAndPaged() {
        keys.somebody("guest");
        Person off = keys.somebody("guest");
        keys.order(off, "deactivate").expect(200);
        assertThat(names("role=admin")).containsExactly("ada");
        assertThat(names("active=false&limit=200")).contains(off.username()).doesNotContain("ada", "mel");
        assertThat(names("active=true&limit=200")).contains("ada", "mel").doesNotContain(off.username());
        assertThat(names("q=ADA")).contains("ada");
        assertThat(names("q=%25")).isEmpty();
        assertThat(names("q=_")).isEmpty();
        assertThat(names("q=zzzzzz")).isEmpty();
        List<String> whole = names("limit=200");
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = world.http()
                    .get("/api/users?limit=2" + cursor)
                    .as(world.admin())
                    .expect(200);
            page.at("/items").forEach(item -> walked.add(item.path("username").asText()));
            cursor = page.at("/next_cursor").isNull() ? null : "&cursor=" + page.textAt("/next_cursor");
        } while (cursor != null);
        assertThat(walked).isEqualTo(whole).doesNotHaveDuplicates();
    }

    @Test
    void namesAreFoundWithoutRegardToCaseInEveryScript() {
        Person renamed = keys.somebody("member");
        world.http()
                .patch("/api/auth/me")
                .as(renamed)
                .json("display_name", "Ärmel Straße")
                .expect(200);
        Person other = keys.somebody("member");
        world.http()
                .patch("/api/users/" + other.id())
                .as(world.admin())
                .json("display_name", "Σοφοσίδης Ärmel")
                .expect(200);
        world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "zarmel", "role", "guest", "display_name", "ÄRMEL 100%")
                .expect(201);

        assertThat(names("q=" + encoded("ärmel"))).containsExactly("zarmel", other.username(), renamed.username());
        assertThat(names("q=" + encoded("ÄRMEL STRASSE"))).containsExactly(renamed.username());
        assertThat(names("q=" + encoded("straße"))).containsExactly(renamed.username());
        assertThat(names("q=" + encoded("ΣΟΦΟΣ"))).containsExactly(other.username());
        assertThat(names("q=" + encoded("0%"))).containsExactly("zarmel");

        Reply first = world.http()
                .get("/api/users?limit=2&q=" + encoded("Ärmel"))
                .as(world.admin())
                .expect(200);
        assertThat(names("limit=2&q=" + encoded("Ärmel") + "&cursor=" + first.textAt("/next_cursor")))
                .containsExactly(renamed.username());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> aListIsAskedForInTheRightWords() {
        return Stream.of(
                        "role=king",
                        "active=maybe",
                        "limit=0",
                        "limit=201",
                        "limit=-1",
                        "limit=x",
                        "limit=99999999999999999999",
                        "cursor=x",
                        "cursor=%00",
                        "cursor=" + "A".repeat(3000))
                .map(query -> DynamicTest.dynamicTest(
                        query,
                        () -> world.http()
                                .get("/api/users?" + query)
                                .as(world.admin())
                                .refused(400, "malformed")));
    }

    @TestFactory
    List<DynamicTest> aChangeIsCheckedFieldByField() {
        Person person = keys.somebody("member");
        return Scenario.table(
                when("nothing", keys.change(person)).status(200),
                when(
                                "unknown fields",
                                keys.change(person, "used_bytes", 5, "id", 1, "password_hash", "x", "deleted_at", 1))
                        .status(200)
                        .field("/used_bytes", 0)
                        .field("/id", person.id()),
                when("an unknown role", keys.change(person, "role", "king")).status(400, 422),
                when("no role", keys.change(person, "role", null)).status(400, 422),
                when("a negative quota", keys.change(person, "quota_bytes", -1)).status(422),
                when("a quota beyond all bounds", keys.change(person, "quota_bytes", 9e40))
                        .status(400, 422),
                when("a quota", keys.change(person, "quota_bytes", 0)).field("/quota_bytes", 0),
                when("no quota", keys.change(person, "quota_bytes", null)).field("/quota_bytes", null),
                when("no time", keys.change(person, "membership_ends_at", "tomorrow"))
                        .status(400, 422),
                when("a number as time", keys.change(person, "membership_ends_at", 1))
                        .status(400, 422),
                when("a time far away", keys.change(person, "membership_ends_at", "+999999999-12-31T23:59:59Z"))
                        .status(400, 422),
                when("a taken address", () -> {
                            keys.change(world.manager(), "email", "mara@example.org")
                                    .expect(200);
                            return keys.change(person, "email", "MARA@example.org")
                                    .send();
                        })
                        .problem(409, "email_taken"),
                when("no address", keys.change(person, "email", null)).field("/email", null),
                when(
                                "somebody unknown",
                                world.http()
                                        .patch("/api/users/99999999")
                                        .as(world.admin())
                                        .json())
                        .problem(404, "not_found"));
    }

    @Test
    void aChangeStandsAsAWholeOrNotAtAll() {
        Person person = keys.somebody("member");
        keys.change(person, "display_name", "Changed", "role", "guest", "email", "nowhere")
                .expect(422);
        keys.change(world.manager(), "email", "mara@example.org").expect(200);
        keys.change(person, "display_name", "Changed", "role", "guest", "email", "mara@example.org")
                .expect(409);
        assertThat(get(person.id()).textAt("/role")).isEqualTo("member");
        assertThat(get(person.id()).textAt("/display_name")).isNotEqualTo("Changed");
        keys.me(person.token()).expect(200);
        keys.change(world.admin(), "display_name", "Changed", "role", "guest").refused(409, "self");
        assertThat(get(world.admin().id()).textAt("/display_name")).isNotEqualTo("Changed");
    }

    @Test
    void aPasswordThatAnAdminSetsIsHeldToTheRules() {
        Person person = keys.somebody("member");
        keys.setPassword(person, "password").refused(422, "password_refused");
        keys.setPassword(person, "short").refused(422, "password_refused");
        keys.setPassword(person, person.username() + "1").refused(422, "password_refused");
        keys.me(person.token()).expect(200);
        keys.setPassword(person, "lanterns of the harbour").expect(204);
        keys.me(person.token()).expect(401);
    }

    @Test
    void othersSeeNoAddressesAndNoStates() {
        keys.change(world.guest(), "email", "gus@example.org").expect(200);
        for (String path : List.of("/api/users", "/api/users/" + world.guest().id())) {
            world.http().get(path).as(world.manager()).refused(403, "forbidden");
            world.http().get(path).as(world.member()).refused(403, "forbidden");
        }
        world.http().get("/api/users/99999999").as(world.member()).refused(403, "forbidden");
    }
}
