package dev.latchkey.contract;

import static dev.latchkey.harness.Scenario.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.Scenario;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Personal access tokens: making, listing, using and losing them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalTokensTest {
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

    private Call make(Person owner, Object... namesAndValues) {
        return world.http().post("/api/auth/tokens").as(owner).json(namesAndValues);
    }

    private Call list(Person owner) {
        return world.http().get("/api/auth/tokens").as(owner);
    }

    private Call look(Person owner, long id) {
        return world.http().get("/api/auth/tokens/" + id).as(owner);
    }

    private Call revoke(Person owner, long id) {
        return world.http().delete("/api/auth/tokens/" + id).as(owner);
    }

    @Test
    void aTokenIsShownOnceAndDoesWhatItsScopesName() {
        Person owner = keys.somebody("member");
        Instant now = world.clock().instant();

        Reply made = make(owner, "name", "  Nightly backup ").expect(201);

        String token = made.textAt("/token");
        assertThat(token).matches("lkp_[0-9A-Za-z]{43}").startsWith(made.textAt("/prefix"));
        assertThat(made.textAt("/prefix")).hasSize(10);
        assertThat(made.textAt("/name")).isEqualTo("Nightly backup");
        assertThat(made.at("/scopes").toString()).isEqualTo("[\"library:read\",\"library:write\",\"profile:read\"]");
        assertThat(Instant.parse(made.textAt("/expires_at")))
                .isBetween(days(now, 90), days(now, 90).plusSeconds(60));
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");

        Reply me = keys.me(token).expect(200);
        assertThat(me.textAt("/credential/kind")).isEqualTo("personal_access_token");
        assertThat(me.textAt("/credential/name")).isEqualTo("Nightly backup");
        assertThat(me.longAt("/credential/id")).isEqualTo(made.longAt("/id"));
        assertThat(me.at("/credential/scopes")).isEqualTo(made.at("/scopes"));
        assertThat(me.longAt("/user/id")).isEqualTo(owner.id());
        world.http()
                .put("/api/media/raw?filename=a.txt")
                .bearer(token)
                .body(Sample.uniqueText())
                .expect(201);
        world.http().get("/api/media").bearer(token).expect(200);
    }

    private static Instant days(Instant from, int days) {
        return from.plus(Duration.ofDays(days)).minusSeconds(1);
    }

    @Test
    void nothingThatIsReadLaterTellsTheSecret() {
        Person owner = keys.somebody("member");
        Reply made = make(owner, "name", "Quiet").expect(201);
        String rest = made.textAt("/token").substring(10);
        long id = made.longAt("/id");
        assertThat(list(owner).expect(200).text()).doesNotContain(rest, "hash");
        assertThat(look(owner, id).expect(200).text()).doesNotContain(rest, "hash");
        Call all = world.http().get("/api/auth/admin/tokens").as(world.admin());
        assertThat(all.expect(200).text()).doesNotContain(rest, "hash");
        Call audit = world.http().get("/api/audit?action=token.create").as(world.admin());
        assertThat(audit.expect(200).text()).doesNotContain(rest).contains("\"token\"");
    }

    @Test
    void theLastUseIsShownWithItsAddress() {
        Person owner = keys.somebody("member");
        Reply made = make(owner, "name", "Used").expect(201);
        long id = made.longAt("/id");
        Reply unused = look(owner, id).expect(200);
        assertThat(unused.at("/last_used_at").isNull()).isTrue();
        assertThat(unused.at("/last_used_ip").isNull()).isTrue();

        keys.me(made.textAt("/token")).expect(200);

        Reply used = look(owner, id).expect(200);
        assertThat(used.textAt("/last_used_ip")).isEqualTo("127.0.0.1");
        assertThat(Instant.parse(used.textAt("/last_used_at")))
                .isBeforeOrEqualTo(world.clock().instant());
        assertThat(list(owner).expect(200).textAt("/items/0/last_used_ip")).isEqualTo("127.0.0.1");
    }

    @TestFactory
    List<DynamicTest> whatIsNoTokenToBeMadeIsRefused() {
        Person owner = keys.somebody("member");
        return Scenario.table(
                when("no name", make(owner)).invalid("name"),
                when("a blank name", make(owner, "name", " \t ")).invalid("name"),
                when("a long name", make(owner, "name", "n".repeat(101))).invalid("name"),
                when("a name of two lines", make(owner, "name", "a\nb")).invalid("name"),
                when("a name that is a number", make(owner, "name", 7)).invalid("name"),
                when("no days", make(owner, "name", "a", "expires_in_days", 0)).invalid("expires_in_days"),
                when("negative days", make(owner, "name", "a", "expires_in_days", -1))
                        .invalid("expires_in_days"),
                when("too many days", make(owner, "name", "a", "expires_in_days", 3651))
                        .invalid("expires_in_days"),
                when("huge days", make(owner, "name", "a", "expires_in_days", Long.MAX_VALUE))
                        .invalid("expires_in_days"),
                when("broken days", make(owner, "name", "a", "expires_in_days", 1.5))
                        .invalid("expires_in_days"),
                when("days as text", make(owner, "name", "a", "expires_in_days", "90"))
                        .invalid("expires_in_days"),
                when("no scope", make(owner, "name", "a", "scopes", List.of())).invalid("scopes"),
                when("an unknown scope", make(owner, "name", "a", "scopes", List.of("library:read", "all")))
                        .invalid("scopes"),
                when("a scope in capitals", make(owner, "name", "a", "scopes", List.of("LIBRARY:READ")))
                        .invalid("scopes"),
                when("two scopes in one", make(owner, "name", "a", "scopes", List.of("library:read users:write")))
                        .invalid("scopes"),
                when("null as a scope", make(owner, "name", "a", "scopes", Arrays.asList("audit:read", null)))
                        .invalid("scopes"),
                when("a list in the list", make(owner, "name", "a", "scopes", List.of(List.of("audit:read"))))
                        .problem(422, "invalid_fields"),
                when("text as scopes", make(owner, "name", "a", "scopes", "library:read"))
                        .invalid("scopes"),
                when("a longest name", make(owner, "name", "n".repeat(100))).status(201),
                when("one day", make(owner, "name", "a", "expires_in_days", 1)).status(201),
                when("ten years", make(owner, "name", "a", "expires_in_days", 3650))
                        .status(201),
                when("a scope twice", make(owner, "name", "a", "scopes", List.of("audit:read", "audit:read")))
                        .status(201)
                        .field("/scopes", List.of("audit:read")),
                when("never", make(owner, "name", "a", "expires_in_days", null))
                        .status(201)
                        .field("/expires_at", null));
    }

    @Test
    void peopleSeeAndRevokeTheirOwnTokensOnly() {
        Person owner = keys.somebody("member");
        Person other = keys.somebody("member");
        Reply made = make(owner, "name", "Mine").expect(201);
        long id = made.longAt("/id");

        look(other, id).refused(404, "not_found");
        revoke(other, id).refused(404, "not_found");
        revoke(world.admin(), id).refused(404, "not_found");
        assertThat(list(other).expect(200).at("/items")).isEmpty();
        keys.me(made.textAt("/token")).expect(200);

        revoke(owner, id).expect(204);
        keys.me(made.textAt("/token")).refused(401, "invalid_token");
        look(owner, id).refused(404, "not_found");
        revoke(owner, id).refused(404, "not_found");
    }

    @Test
    void adminsSeeAndRevokeEverybodysTokens() {
        Person owner = keys.somebody("member");
        Reply made = make(owner, "name", "Theirs").expect(201);
        long id = made.longAt("/id");
        JsonNode first = world.http()
                .get("/api/auth/admin/tokens?limit=1")
                .as(world.admin())
                .expect(200)
                .at("/items/0");
        assertThat(first.path("id").asLong()).isEqualTo(id);
        assertThat(first.path("owner").path("id").asLong()).isEqualTo(owner.id());

        world.http().delete("/api/auth/admin/tokens/" + id).as(world.admin()).expect(204);

        keys.me(made.textAt("/token")).refused(401, "invalid_token");
        world.http().delete("/api/auth/admin/tokens/" + id).as(world.admin()).refused(404, "not_found");
        Reply audit = world.http()
                .get("/api/audit?action=token.revoke")
                .as(world.admin())
                .expect(200);
        assertThat(audit.longAt("/items/0/target/id")).isEqualTo(id);
        assertThat(audit.longAt("/items/0/actor/id")).isEqualTo(world.admin().id());
    }

    @Test
    void listsGoOnWhereTheirCursorStands() {
        Person owner = keys.somebody("member");
        List<Long> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, make(owner, "name", "Token " + i).expect(201).longAt("/id"));
        }
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = world.http()
                    .get("/api/auth/tokens?limit=2" + cursor)
                    .as(owner)
                    .expect(200);
            page.at("/items").forEach(item -> seen.add(item.path("id").asLong()));
            cursor = page.at("/next_cursor").isNull() ? null : "&cursor=" + page.textAt("/next_cursor");
        } while (cursor != null);
        assertThat(seen).isEqualTo(made);
        String foreign = world.http()
                .get("/api/auth/tokens?limit=2")
                .as(owner)
                .expect(200)
                .textAt("/next_cursor");
        world.http()
                .get("/api/auth/admin/tokens?cursor=" + foreign)
                .as(world.admin())
                .refused(400, "malformed");
    }

    @Test
    void nobodyHasMoreThanAHundred() {
        Person owner = keys.somebody("member");
        long id = 0;
        for (int i = 0; i < 100; i++) {
            id = make(owner, "name", "Token " + i).expect(201).longAt("/id");
        }
        make(owner, "name", "One more").refused(409, "too_many");
        revoke(owner, id).expect(204);
        make(owner, "name", "One more").expect(201);
    }

    @Test
    void aTokenOutlivesARestartAndEndsByTheClock() {
        Person owner = keys.somebody("member");
        Reply brief = make(owner, "name", "Brief", "expires_in_days", 1).expect(201);
        Reply lasting = make(owner, "name", "Lasting", "expires_in_days", null).expect(201);
        keys.me(brief.textAt("/token")).expect(200);

        world.server().restart();

        keys.me(brief.textAt("/token")).expect(200);
        assertThat(look(owner, brief.longAt("/id")).expect(200).textAt("/last_used_ip"))
                .isEqualTo("127.0.0.1");
        world.clock().advance(Duration.ofDays(1));
        keys.me(brief.textAt("/token")).refused(401, "invalid_token");
        keys.me(lasting.textAt("/token")).expect(200);
        assertThat(list(owner).expect(200).at("/items")).hasSize(2);
    }

    @Test
    void aMailboxThatNobodyHasVerifiedIsNotFlooded() {
        Person person = keys.somebody("member");
        String address = person.username() + "@example.org";
        Letterbox letters = new Letterbox(world.server());
        for (int i = 0; i < 12; i++) {
            String typed = i % 2 == 0 ? address : address.toUpperCase(Locale.ROOT);
            keys.change(person, "email", typed).expect(200);
            long id = make(person, "name", "Again").expect(201).longAt("/id");
            world.http().delete("/api/auth/tokens/" + id).as(person).expect(204);
        }
        assertThat(letters.to(address).size()
                        + letters.to(address.toUpperCase(Locale.ROOT)).size())
                .isEqualTo(10);

        world.clock().advance(Duration.ofHours(1));
        make(person, "name", "Later").expect(201);
        assertThat(letters.to(address.toUpperCase(Locale.ROOT))).hasSize(6);
    }

    @Test
    void theOwnerIsToldByMail() {
        Person owner = keys.somebody("member");
        String address = owner.username() + "@example.org";
        keys.change(owner, "email", address).expect(200);

        Reply made =
                make(owner, "name", "Known", "scopes", List.of("audit:read")).expect(201);

        Letterbox.Letter letter = new Letterbox(world.server()).last(address);
        assertThat(letter.body()).contains(made.textAt("/prefix"), "audit:read", "127.0.0.1");
        assertThat(letter.body())
                .as("nobody has shown yet whose mailbox that is")
                .doesNotContain("Known", made.textAt("/token").substring(10));
    }
}
