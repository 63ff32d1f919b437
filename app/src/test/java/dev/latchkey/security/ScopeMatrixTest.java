package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.World;
import dev.latchkey.security.MatrixTest.Line;
import dev.latchkey.security.MatrixTest.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every route of {@link MatrixTest}'s table with personal access tokens of each scope, of each role, and dead ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeMatrixTest {
    /** Method, path and scope, as API.md has them: every other route is closed to personal access tokens. */
    private static final String CONTRACT = """
            GET    /api/auth/me                 profile:read
            GET    /api/users                   users:read
            POST   /api/users                   users:write
            GET    /api/users/{id}              users:read
            PATCH  /api/users/{id}              users:write
            DELETE /api/users/{id}              users:write
            GET    /api/audit                   audit:read
            POST   /api/media                   library:write
            PUT    /api/media/raw               library:write
            GET    /api/media                   library:read
            HEAD   /api/media/by-hash/{sha256}  library:read
            GET    /api/media/timeline          library:read
            GET    /api/media/{id}              library:read
            PATCH  /api/media/{id}              library:write
            DELETE /api/media/{id}              library:write
            GET    /api/media/{id}/content      library:read
            GET    /api/media/{id}/thumbnail    library:read
            GET    /api/tags                    library:read
            GET    /api/uploaders               library:read
            POST   /api/media/{id}/deletion-requests  library:write
            POST   /api/uploads                 library:write
            HEAD   /api/uploads/{id}            library:write
            PATCH  /api/uploads/{id}            library:write
            DELETE /api/uploads/{id}            library:write
            GET    /api/trash                   library:read
            GET    /api/events                  library:read
            POST   /api/trash/{id}/restore      library:write
            """;

    private static final List<String> SCOPES =
            List.of("library:read", "library:write", "users:read", "users:write", "audit:read", "profile:read");

    private final Map<String, String> scopes = scopes();
    private final Map<String, String> ofScope = new LinkedHashMap<>();
    private final Map<String, String> ofRole = new LinkedHashMap<>();
    private final Map<String, String> dead = new LinkedHashMap<>();
    private World world;
    private Keyring keys;
    private String mustChange;

    private static Map<String, String> scopes() {
        Map<String, String> scopes = new TreeMap<>();
        CONTRACT.lines().map(line -> line.split(" +")).forEach(word -> {
            scopes.put(word[0] + " " + word[1], word[2]);
            if (word[0].equals("GET")) {
                scopes.put("HEAD " + word[1], word[2]);
            }
        });
        return scopes;
    }

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
        SCOPES.forEach(scope -> ofScope.put(scope, keys.personalToken(world.admin(), scope)));
        String[] all = SCOPES.toArray(String[]::new);
        List.of("member", "manager", "admin")
                .forEach(role -> ofRole.put(role, keys.personalToken(keys.somebody(role), all)));
        Person demoted = keys.somebody("member");
        ofRole.put("guest", keys.personalToken(demoted, all));
        keys.change(demoted, "role", "guest").expect(200);
        Person given = keys.somebody("admin");
        mustChange = keys.personalToken(given, all);
        keys.setPassword(given, "given by an admin 7").expect(204);
        dead(all);
    }

    private void dead(String[] all) {
        Person owner = keys.somebody("admin");
        String revoked = keys.personalToken(owner, all);
        long id = keys.idOf(revoked);
        world.http().delete("/api/auth/tokens/" + id).as(owner).expect(204);
        dead.put("a revoked token", revoked);
        dead.put("a token nobody made", "lkp_" + "0".repeat(43));
        dead.put("a token in capitals", ofRole.get("admin").toUpperCase(Locale.ROOT));
        dead.put("a token cut short", ofRole.get("admin").substring(0, 46));
        dead.put("a token with another prefix", "lks_" + ofRole.get("admin").substring(4));
        Person locked = keys.somebody("admin");
        dead.put("a token of somebody who was locked for a while", keys.personalToken(locked, all));
        keys.order(locked, "deactivate").expect(200);
        keys.order(locked, "activate").expect(200);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private DynamicTest cell(Line line, String caller, Verdict verdict, String token) {
        return DynamicTest.dynamicTest(
                line.method() + " " + line.path() + " by " + caller,
                () -> MatrixTest.check(
                        verdict,
                        MatrixTest.request(world.http(), line).bearer(token).send()));
    }

    @Test
    void theTableOfScopesNamesRoutesThatThereAre() {
        assertThat(world.server().routes()).containsAll(scopes.keySet());
    }

    private String scopeOf(Line line) {
        return scopes.get(line.method() + " " + line.path());
    }

    @TestFactory
    Stream<DynamicTest> aTokenOfOneScopeOpensTheRoutesThatNameIt() {
        return MatrixTest.contract().stream()
                .flatMap(line -> ofScope.entrySet().stream().map(token -> {
                    boolean open = line.isPublic() || token.getKey().equals(scopeOf(line));
                    return cell(line, token.getKey(), open ? Verdict.SERVED : Verdict.FORBIDDEN, token.getValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aTokenOfAllScopesDoesNoMoreThanItsOwnersRole() {
        return MatrixTest.contract().stream()
                .flatMap(line -> ofRole.entrySet().stream().map(token -> {
                    boolean open = line.isPublic() || scopeOf(line) != null && line.admits(token.getKey());
                    return cell(line, token.getKey(), open ? Verdict.SERVED : Verdict.FORBIDDEN, token.getValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aTokenOfSomebodyWhoMustChangeThePasswordShowsWhoTheyAre() {
        return MatrixTest.contract().stream().map(line -> {
            boolean open = line.isPublic() || line.path().equals("/api/auth/me") && scopeOf(line) != null;
            Verdict closed = line.isPage() ? Verdict.TO_LOGIN : Verdict.FORBIDDEN;
            return cell(line, "somebody who must change the password", open ? Verdict.SERVED : closed, mustChange);
        });
    }

    @TestFactory
    Stream<DynamicTest> aTokenThatIsNoneOpensNothing() {
        return MatrixTest.contract().stream()
                .flatMap(line -> dead.entrySet().stream().map(token -> {
                    Verdict closed = line.isPage() ? Verdict.TO_LOGIN : Verdict.UNAUTHENTICATED;
                    return cell(line, token.getKey(), line.isPublic() ? Verdict.SERVED : closed, token.getValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> inACookieItIsNoCredential() {
        return MatrixTest.contract().stream()
                .map(line -> DynamicTest.dynamicTest(line.method() + " " + line.path(), () -> {
                    Call call = MatrixTest.request(world.http(), line).cookie("latchkey=" + ofRole.get("admin"));
                    Verdict closed = line.isPage() ? Verdict.TO_LOGIN : Verdict.UNAUTHENTICATED;
                    MatrixTest.check(line.isPublic() ? Verdict.SERVED : closed, call.send());
                }));
    }
}
