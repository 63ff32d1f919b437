package dev.latchkey.security;

import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import dev.latchkey.security.MatrixTest.Line;
import dev.latchkey.security.MatrixTest.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every route of {@link MatrixTest}'s table with every other kind of credential, those that are none included. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialMatrixTest {
    /** Pages for whoever signed in. */
    private static final Set<String> ABOUT_ONES_ACCOUNT = Set.of("/device", "/profile");

    private static final Set<String> BEFORE_A_PASSWORD_CHANGE =
            Set.of("GET /api/auth/me", "HEAD /api/auth/me", "POST /api/auth/logout", "POST /api/auth/password/change");

    private static final Set<String> OPEN_TO_JOIN_CODES = Set.of("/api/auth/me", "/api/auth/logout");

    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, String> accessTokens = new LinkedHashMap<>();
    private final Map<String, String> useless = new LinkedHashMap<>();
    private World world;
    private Keyring keys;
    private Person mustChange;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
        Person late = keys.somebody("admin");
        useless.put("an access token of sixteen minutes ago", keys.tokens(late).access());
        world.clock().advance(Duration.ofMinutes(16));
        people.put("guest", world.guest());
        people.put("member", world.member());
        people.put("manager", world.manager());
        people.put("admin", world.admin());
        people.forEach(
                (role, person) -> accessTokens.put(role, keys.tokens(person).access()));
        mustChange = keys.somebodyWhoMustChange("admin");
        useless();
    }

    private void useless() {
        Person admin = keys.somebody("admin");
        Keyring.Tokens ended = keys.tokens(admin);
        keys.revoke(ended.refresh()).expect(200);
        useless.put("an access token of a family that ended", ended.access());
        useless.put("a refresh token", keys.tokens(admin).refresh());
        useless.put("a reset link", keys.resetToken(admin));
        useless.put("an invite", world.invite("role", "admin"));
        keys.enroll(admin);
        useless.put("a sign-in without its second factor", keys.challenge(admin));
        Person risen = keys.somebody("manager");
        useless.put("an access token of another role", keys.tokens(risen).access());
        keys.change(risen, "role", "admin").expect(200);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private DynamicTest cell(Line line, String caller, Verdict verdict, Supplier<String> bearer) {
        return DynamicTest.dynamicTest(
                line.method() + " " + line.path() + " by " + caller,
                () -> MatrixTest.check(
                        verdict,
                        MatrixTest.request(world.http(), line)
                                .bearer(bearer.get())
                                .send()));
    }

    private static Stream<DynamicTest> everyLine(Function<Line, Stream<DynamicTest>> cells) {
        return MatrixTest.contract().stream().flatMap(cells);
    }

    @TestFactory
    Stream<DynamicTest> anAccessTokenOpensWhatASessionOpens() {
        return everyLine(line -> people.entrySet().stream().map(person -> {
            String role = person.getKey();
            return cell(
                    line,
                    role,
                    line.verdict(role),
                    () -> line.endsSignIns() ? keys.tokens(keys.somebody(role)).access() : accessTokens.get(role));
        }));
    }

    @TestFactory
    Stream<DynamicTest> whoMustChangeThePasswordMayDoNothingElse() {
        return everyLine(line -> {
            boolean open = line.isPublic() || BEFORE_A_PASSWORD_CHANGE.contains(line.method() + " " + line.path());
            Verdict closed = line.isPage() ? Verdict.TO_LOGIN : Verdict.FORBIDDEN;
            return Stream.of(cell(
                    line,
                    "somebody who must change the password",
                    open ? Verdict.SERVED : closed,
                    () -> line.endsSignIns() ? world.signIn(mustChange).token() : mustChange.token()));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatAJoinCodeOpenedIsGoodForTheRoutesOfGuestsOnly() {
        return everyLine(line -> {
            boolean session = line.local().equals("account") && !OPEN_TO_JOIN_CODES.contains(line.path())
                    || ABOUT_ONES_ACCOUNT.contains(line.path());
            Verdict verdict = line.isPublic() || !session ? line.verdict("guest") : Verdict.FORBIDDEN;
            boolean ownProfile =
                    line.path().equals("/api/auth/me") && line.method().equals("PATCH");
            return Stream.of(true, false)
                    .map(cookie -> cell(
                            line,
                            cookie ? "a guest's session" : "a guest's access token",
                            ownProfile ? Verdict.FORBIDDEN : verdict,
                            () -> keys.guest(cookie)));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoCredentialOpensNothing() {
        return everyLine(line -> useless.entrySet().stream().map(token -> {
            Verdict closed = line.isPage() ? Verdict.TO_LOGIN : Verdict.UNAUTHENTICATED;
            return cell(line, token.getKey(), line.isPublic() ? Verdict.SERVED : closed, token::getValue);
        }));
    }
}
