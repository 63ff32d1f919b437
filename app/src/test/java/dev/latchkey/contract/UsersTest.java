package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Accounts, as admins look at them, make them and change them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTest {
    private World world;

    @BeforeAll
    void start() {
        world = World.start();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private Call create(Object... namesAndValues) {
        return world.http().post("/api/users").as(world.admin()).json(namesAndValues);
    }

    private long created(Object... namesAndValues) {
        return create(namesAndValues).expect(201).longAt("/id");
    }

    private Call patch(long id, Object... namesAndValues) {
        return world.http().patch("/api/users/" + id).as(world.admin()).json(namesAndValues);
    }

    private Call get(String path) {
        return world.http().get("/api/users" + path).as(world.admin());
    }

    private Call post(long id, String what) {
        return world.http()
                .post("/api/users/" + id + "/" + what)
                .as(world.admin())
                .json();
    }

    private Call logIn(String username, String password) {
        return world.http().post("/api/auth/login").json("username", username, "password", password);
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        get(query)
                .expect(200)
                .at("/items")
                .forEach(item -> names.add(item.path("username").asText()));
        return names;
    }

    private JsonNode audited(String action, long id) {
        for (JsonNode row : world.http()
                .get("/api/audit?limit=200&action=" + action)
                .as(world.admin())
                .expect(200)
                .at("/items")) {
            if (row.at("/target/id").asLong() == id) {
                return row;
            }
        }
        throw new AssertionError(action + " of " + id + " is not in the audit log");
    }

    @Test
    void withoutAPasswordTheAnswerHasALinkToChooseOne() {
        Reply made = create("username", "Nadia", "role", "member", "email", "Nadia@example.org")
                .expect(201);

        assertThat(made.textAt("/username")).isEqualTo("nadia");
        assertThat(made.textAt("/display_name")).isEqualTo("nadia");
        assertThat(made.textAt("/email")).isEqualTo("Nadia@example.org");
        assertThat(made.at("/password_change_required").asBoolean()).isFalse();
        assertThat(made.at("/sign_in_delayed_until").isNull()).isTrue();
        assertThat(made.textAt("/setup_url"))
                .matches(world.http().origin() + "/reset-password#token=lkx_[0-9A-Za-z]{43}");
        assertThat(made.header("Cache-Control")).contains("no-store");
        assertThat(get("/" + made.longAt("/id")).expect(200).text()).doesNotContain("setup_url", "lkx_");
        JsonNode row = audited("user.create", made.longAt("/id"));
        assertThat(row.path("detail").asText()).isEqualTo("as member");
        assertThat(row.toString()).doesNotContain("lkx_", "Nadia@");
    }

    @Test
    void withAPasswordItHasToBeChangedAtTheFirstSignIn() {
        Reply made = create("username", "norma", "role", "guest", "password", World.PASSWORD)
                .expect(201);

        assertThat(made.json().has("setup_url")).isFalse();
        assertThat(made.at("/password_change_required").asBoolean()).isTrue();
        Reply signedIn = logIn("norma", World.PASSWORD).expect(200);
        assertThat(signedIn.at("/password_change_required").asBoolean()).isTrue();
        Person norma = new Person(made.longAt("/id"), "norma", World.PASSWORD, signedIn.textAt("/token"));
        world.http().get("/api/media").as(norma).refused(403, "password_change_required");
        world.http().get("/api/auth/me").as(norma).expect(200);
    }

    @TestFactory
    List<DynamicTest> fieldsOfANewAccountAreChecked() {
        created("username", "taken", "role", "guest", "email", "taken@example.org");
        world.ask("asked", "guest");
        return Scenario.table(
                when("nothing", create()).invalid("username").invalid("role"),
                when("no role", create("username", "nick")).invalid("role"),
                when("null role", create("username", "nick", "role", null)).invalid("role"),
                when("unknown role", create("username", "nick", "role", "owner"))
                        .invalid("role"),
                when("empty role", create("username", "nick", "role", "")).invalid("role"),
                when("a role by number", create("username", "nick", "role", 3)).invalid("role"),
                when("a name with a blank", create("username", "former member 3", "role", "guest"))
                        .invalid("username"),
                when("no address", create("username", "nick", "role", "guest", "email", "nick"))
                        .invalid("email"),
                when("a display name of two lines", create("username", "nick", "role", "guest", "display_name", "A\nB"))
                        .invalid("display_name"),
                when("a common password", create("username", "nick", "role", "guest", "password", "password1"))
                        .problem(422, "password_refused"),
                when("an empty password", create("username", "nick", "role", "guest", "password", ""))
                        .problem(422, "password_refused"),
                when("a taken name", create("username", "TAKEN", "role", "guest"))
                        .problem(409, "username_taken"),
                when("a name somebody asks for", create("username", "asked", "role", "guest"))
                        .problem(409, "username_taken"),
                when("a taken address", create("username", "nick", "role", "guest", "email", "Taken@Example.org"))
                        .problem(409, "email_taken"),
                when("nothing of it left an account", get("?q=nick")).field("/items", List.of()));
    }

    @Test
    void theListIsPagedAndFiltered() {
        long first = created("username", "list-1", "role", "guest", "display_name", "Zoë 100%");
        long second = created("username", "list-2", "role", "manager", "email", "Under_Score@example.net");
        created("username", "list-3", "role", "guest");
        post(second, "deactivate").expect(200);

        assertThat(names("?q=list-")).containsExactly("list-3", "list-2", "list-1");
        assertThat(names("?q=LIST-&role=guest")).containsExactly("list-3", "list-1");
        assertThat(names("?q=list-&active=false")).containsExactly("list-2");
        assertThat(names("?q=list-&active=true")).containsExactly("list-3", "list-1");
        assertThat(names("?q=zo%C3%AB")).containsExactly("list-1");
        assertThat(names("?q=100%25")).containsExactly("list-1");
        assertThat(names("?q=under_score%40EXAMPLE")).containsExactly("list-2");
        assertThat(names("?q=%25_%25")).isEmpty();
        assertThat(names("?q=%5C")).isEmpty();
        assertThat(names("?q=list-9")).isEmpty();

        Reply page = get("?q=list-&limit=2").expect(200);
        assertThat(page.at("/items")).hasSize(2);
        String cursor = page.textAt("/next_cursor");
        Reply rest = get("?q=list-&limit=2&cursor=" + cursor).expect(200);
        assertThat(rest.at("/items")).hasSize(1);
        assertThat(rest.longAt("/items/0/id")).isEqualTo(first);
        assertThat(rest.at("/next_cursor").isNull()).isTrue();
        get("?cursor=" + cursor).refused(400, "malformed");
    }

    @TestFactory
    List<DynamicTest> whatCannotBeReadIsMalformed() {
        return Scenario.table(
                when("unknown role", get("?role=owner")).problem(400, "malformed"),
                when("active as a number", get("?active=1")).problem(400, "malformed"),
                when("no cursor of ours", get("?cursor=abc")).problem(400, "malformed"),
                when("too many", get("?limit=201")).problem(400, "malformed"),
                when("a long search", get("?q=" + "x".repeat(201))).problem(400, "malformed"),
                when("a search for NUL", get("?q=%00")).problem(400, "malformed"),
                when("an id in words", get("/ada")).problem(400, "malformed"),
                when("a negative id", get("/-1")).problem(400, "malformed"),
                when("an id beyond a long", get("/99999999999999999999")).problem(400, "malformed"),
                when("nobody's id", get("/999999")).problem(404, "not_found"),
                when("change of nobody", patch(999999, "role", "guest")).problem(404, "not_found"),
                when("end of nobody's sessions", post(999999, "end-sessions")).problem(404, "not_found"),
                when("lift of nobody's delay", post(999999, "clear-delay")).problem(404, "not_found"),
                when(
                                "a password for nobody",
                                world.http()
                                        .post("/api/users/999999/set-password")
                                        .as(world.admin())
                                        .json("password", World.PASSWORD))
                        .problem(404, "not_found"));
    }

    @Test
    void aChangeLeavesWhatIsAbsentAndNullClears() {
        long id = created("username", "otto", "role", "guest", "email", "otto@example.org", "display_name", "Otto");
        patch(id, "quota_bytes", 500, "membership_ends_at", "2100-01-01T01:00:00+01:00")
                .expect(200);
        Reply changed =
                patch(id, "role", "manager", "display_name", " Otto B. ").expect(200);

        assertThat(changed.textAt("/display_name")).isEqualTo("Otto B.");
        assertThat(changed.textAt("/email")).isEqualTo("otto@example.org");
        assertThat(changed.textAt("/role")).isEqualTo("manager");
        assertThat(changed.longAt("/quota_bytes")).isEqualTo(500);
        assertThat(changed.textAt("/membership_ends_at")).isEqualTo("2100-01-01T00:00:00.000Z");
        assertThat(audited("user.update", id).path("detail").asText())
                .isEqualTo("role guest → manager; changed display_name");

        Reply cleared = patch(id, "quota_bytes", null, "membership_ends_at", null, "email", null, "display_name", null)
                .expect(200);
        assertThat(cleared.at("/quota_bytes").isNull()).isTrue();
        assertThat(cleared.at("/membership_ends_at").isNull()).isTrue();
        assertThat(cleared.at("/email").isNull()).isTrue();
        assertThat(cleared.textAt("/display_name")).isEqualTo("otto");
        assertThat(audited("user.update", id).path("detail").asText())
                .isEqualTo("changed display_name, email, quota_bytes, membership_ends_at");

        long before = audited("user.update", id).path("id").asLong();
        patch(id).expect(200);
        patch(id, "role", "manager", "username", "ignored", "id", 1).expect(200);
        assertThat(audited("user.update", id).path("id").asLong()).isEqualTo(before);
        assertThat(get("/" + id).expect(200).textAt("/username")).isEqualTo("otto");
    }

    @TestFactory
    List<DynamicTest> fieldsOfAChangeAreChecked() {
        long id = created("username", "petrov", "role", "guest");
        created("username", "paul", "role", "guest", "email", "paul@example.org");
        return Scenario.table(
                when("null role", patch(id, "role", null)).invalid("role"),
                when("unknown role", patch(id, "role", "root")).invalid("role"),
                when("empty role", patch(id, "role", "")).invalid("role"),
                when("null active", patch(id, "active", null)).invalid("active"),
                when("active in words", patch(id, "active", "yes")).invalid("active"),
                when("negative quota", patch(id, "quota_bytes", -1)).invalid("quota_bytes"),
                when("half a byte", patch(id, "quota_bytes", 0.5)).invalid("quota_bytes"),
                when("a quota in words", patch(id, "quota_bytes", "10GiB")).invalid("quota_bytes"),
                when("a quota beyond a long", patch(id, "quota_bytes", new BigInteger("9".repeat(30))))
                        .status(400, 422),
                when("a date", patch(id, "membership_ends_at", "2100-01-01")).invalid("membership_ends_at"),
                when("no time", patch(id, "membership_ends_at", "soon")).invalid("membership_ends_at"),
                when("no text", patch(id, "membership_ends_at", "")).invalid("membership_ends_at"),
                when("a number", patch(id, "membership_ends_at", 4102444800000L))
                        .invalid("membership_ends_at"),
                when("the year 10000", patch(id, "membership_ends_at", "+10000-01-01T00:00:00Z"))
                        .invalid("membership_ends_at"),
                when("the year 9999 elsewhere", patch(id, "membership_ends_at", "9999-12-31T23:59:59-18:00"))
                        .invalid("membership_ends_at"),
                when("before the epoch", patch(id, "membership_ends_at", "1969-12-31T23:59:59Z"))
                        .invalid("membership_ends_at"),
                when("no address", patch(id, "email", "petrov")).invalid("email"),
                when("somebody's address", patch(id, "email", "PAUL@example.org"))
                        .problem(409, "email_taken"),
                when("a control character", patch(id, "display_name", "a\0b")).invalid("display_name"),
                when("all wrong at once", patch(id, "role", null, "active", null, "quota_bytes", -5, "email", "x"))
                        .invalid("role")
                        .invalid("active")
                        .invalid("quota_bytes")
                        .invalid("email"),
                when("nothing was changed", get("/" + id))
                        .field("/role", "guest")
                        .field("/quota_bytes", null)
                        .field("/membership_ends_at", null)
                        .field("/active", true));
    }

    @TestFactory
    List<DynamicTest> nobodyPutsThemselvesOutNorTheLastAdmin() {
        long self = world.admin().id();
        Call delete = world.http().delete("/api/users/" + self).as(world.admin());
        Call password = world.http()
                .post("/api/users/" + self + "/set-password")
                .as(world.admin())
                .json("password", "another fine password");
        return Scenario.table(
                when("deactivate", post(self, "deactivate")).problem(409, "self"),
                when("active=false", patch(self, "active", false)).problem(409, "self"),
                when("demote", patch(self, "role", "manager")).problem(409, "self"),
                when("limit", patch(self, "membership_ends_at", "2100-01-01T00:00:00Z"))
                        .problem(409, "self"),
                when("remove", delete).problem(409, "self"),
                when("a password without the old one", password).problem(409, "self"),
                when("an address without the password", patch(self, "email", "ada@example.org"))
                        .problem(409, "self"),
                when("a harmless change with a harmful one", patch(self, "display_name", "Eve", "role", "guest"))
                        .problem(409, "self"),
                when("what is no harm", patch(self, "role", "admin", "active", true, "quota_bytes", null))
                        .status(200)
                        .field("/display_name", "Ada")
                        .field("/role", "admin"));
    }

    @Test
    void anAdminWithAnEndCannotTakeTheLastOneWithout() {
        long id = created("username", "limited", "role", "admin");
        patch(id, "membership_ends_at", "2100-01-01T00:00:00Z").expect(200);
        world.http()
                .post("/api/users/" + id + "/set-password")
                .as(world.admin())
                .json("password", World.PASSWORD)
                .expect(204);
        world.server().tamper("UPDATE users SET password_change_required = 0 WHERE username = 'limited'");
        Person limited = world.signIn(new Person(id, "limited", World.PASSWORD, ""));
        String ada = "/api/users/" + world.admin().id();

        world.http().post(ada + "/deactivate").as(limited).json().refused(409, "last_admin");
        world.http().patch(ada).as(limited).json("active", false).refused(409, "last_admin");
        world.http().patch(ada).as(limited).json("role", "member").refused(409, "last_admin");
        world.http()
                .patch(ada)
                .as(limited)
                .json("membership_ends_at", "2100-01-01T00:00:00Z")
                .refused(409, "last_admin");
        world.http().delete(ada).as(limited).refused(409, "last_admin");
        world.http().delete("/api/users/" + id).as(world.admin()).expect(204);
    }

    @Test
    void deactivationByPatchIsOneByName() {
        long id = created("username", "quentin", "role", "guest", "password", World.PASSWORD);

        assertThat(patch(id, "active", false).expect(200).at("/active").asBoolean())
                .isFalse();
        assertThat(audited("user.deactivate", id).path("detail").isNull()).isTrue();
        logIn("quentin", World.PASSWORD).refused(401, "invalid_credentials");
        patch(id, "active", true, "role", "member").expect(200);
        audited("user.activate", id);
        assertThat(audited("user.update", id).path("detail").asText()).isEqualTo("role guest → member");
        logIn("quentin", World.PASSWORD).expect(200);
    }

    @Test
    void aNewAddressIsUnverified() {
        long id = created("username", "rosa", "role", "guest", "email", "rosa@example.org");
        world.server().tamper("UPDATE users SET email_verified = 1 WHERE username = 'rosa'");

        assertThat(patch(id, "display_name", "Rosa", "email", "rosa@example.org")
                        .expect(200)
                        .at("/email_verified")
                        .asBoolean())
                .isTrue();
        assertThat(patch(id, "email", "rosa@example.com")
                        .expect(200)
                        .at("/email_verified")
                        .asBoolean())
                .isFalse();
    }
}
