package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every route with every kind of caller, against the access column of API.md, which is written down here once more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixTest {
    /** Method, path, who may call in shared mode, and what local mode makes of it: open, library, account or page. */
    private static final String CONTRACT = """
            GET    /api/health                              public  open
            GET    /api/health/ready                        public  open
            GET    /api/instance                            public  open
            GET    /api/openapi.yaml                        public  open
            GET    /api/docs                                public  open
            POST   /api/auth/setup                          public  open
            POST   /api/auth/login                          public  either
            POST   /api/auth/login/second-factor            public  either
            POST   /api/auth/logout                         guest   account
            GET    /api/auth/me                             guest   account
            PATCH  /api/auth/me                             guest   account
            POST   /api/auth/token                          public  either
            POST   /api/auth/revoke                         public  open
            POST   /api/auth/device                         public  either
            GET    /api/auth/device/{user_code}             guest   account
            POST   /api/auth/device/approve                 guest   account
            POST   /api/auth/device/deny                    guest   account
            GET    /api/auth/sessions                       guest   account
            DELETE /api/auth/sessions                       guest   account
            DELETE /api/auth/sessions/{id}                  guest   account
            POST   /api/auth/tokens                         member  account
            GET    /api/auth/tokens                         member  account
            GET    /api/auth/tokens/{id}                    member  account
            DELETE /api/auth/tokens/{id}                    member  account
            GET    /api/auth/admin/tokens                   admin   account
            DELETE /api/auth/admin/tokens/{id}              admin   account
            POST   /api/auth/register                       public  either
            POST   /api/auth/password/change                guest   account
            POST   /api/auth/password/forgot                public  either
            POST   /api/auth/password/verify-reset-token    public  either
            POST   /api/auth/password/reset                 public  either
            POST   /api/auth/password/check                 public  open
            GET    /api/auth/email/verification-status      public  open
            POST   /api/auth/email/send-verification        guest   account
            POST   /api/auth/email/verify                   public  either
            POST   /api/auth/totp/enroll                    guest   account
            POST   /api/auth/totp/confirm                   guest   account
            POST   /api/auth/totp/disable                   guest   account
            POST   /api/auth/totp/backup-codes              guest   account
            POST   /api/auth/invites                        manager account
            GET    /api/auth/invites                        manager account
            DELETE /api/auth/invites/{id}                   manager account
            POST   /api/auth/join-codes                     manager account
            GET    /api/auth/join-codes                     manager account
            DELETE /api/auth/join-codes                     manager account
            DELETE /api/auth/join-codes/{id}                manager account
            POST   /api/auth/join-codes/exchange            public  either
            POST   /api/auth/join-requests                  public  either
            GET    /api/auth/join-requests                  manager account
            POST   /api/auth/join-requests/{id}/approve     manager account
            POST   /api/auth/join-requests/{id}/reject      manager account
            GET    /api/users                               admin   account
            POST   /api/users                               admin   account
            GET    /api/users/{id}                          admin   account
            PATCH  /api/users/{id}                          admin   account
            DELETE /api/users/{id}                          admin   account
            POST   /api/users/{id}/activate                 admin   account
            POST   /api/users/{id}/deactivate               admin   account
            POST   /api/users/{id}/set-password             admin   account
            POST   /api/users/{id}/end-sessions             admin   account
            POST   /api/users/{id}/clear-delay              admin   account
            POST   /api/users/{id}/reset-second-factor      admin   account
            POST   /api/users/{id}/reset-password           admin   account
            GET    /api/mail                                admin   account
            POST   /api/mail/{id}/retry                     admin   account
            DELETE /api/mail/{id}                           admin   account
            GET    /api/audit                               admin   account
            POST   /api/media                               member  library
            PUT    /api/media/raw                           member  library
            GET    /api/media                               guest   library
            HEAD   /api/media/by-hash/{sha256}              guest   library
            GET    /api/media/timeline                      guest   library
            GET    /api/media/{id}                          guest   library
            PATCH  /api/media/{id}                          member  library
            DELETE /api/media/{id}                          member  library
            OPTIONS /api/uploads                             public  open
            POST   /api/uploads                             member  library
            OPTIONS /api/uploads/{id}                        public  open
            HEAD   /api/uploads/{id}                        member  library
            PATCH  /api/uploads/{id}                        member  library
            DELETE /api/uploads/{id}                        member  library
            GET    /api/media/{id}/content                  guest   library
            GET    /api/media/{id}/thumbnail                guest   library
            GET    /api/tags                                guest   library
            GET    /api/uploaders                           guest   library
            POST   /api/media/{id}/deletion-requests        member  library
            GET    /api/deletion-requests                   manager library
            POST   /api/deletion-requests/{id}/approve      manager library
            POST   /api/deletion-requests/{id}/reject       manager library
            GET    /api/trash                               member  library
            POST   /api/trash/{id}/restore                  member  library
            DELETE /api/trash/{id}                          manager library
            GET    /api/system                              admin   account
            GET    /api/events                              guest   library
            GET    /cli/install.sh                          public  open
            GET    /cli/download                            public  open
            GET    /cli/latchkey.jar.sha256                 public  open
            GET    /                                        guest   page
            GET    /setup                                   public  open
            GET    /login                                   public  open
            GET    /device                                  guest   page
            GET    /profile                                 guest   page
            GET    /admin                                   manager page
            GET    /admin/requests                          manager page
            GET    /admin/invites                           manager page
            GET    /admin/people                            admin   page
            GET    /admin/tokens                            admin   page
            GET    /admin/mail                              admin   page
            GET    /admin/audit                             admin   page
            GET    /admin/system                            admin   page
            GET    /join                                    public  open
            GET    /reset-password                          public  open
            GET    /verify-email                            public  open
            GET    /install                                 public  open
            GET    /offline                                 public  open
            GET    /manifest.webmanifest                    public  open
            GET    /service-worker.js                       public  open
            GET    /assets/{file}                           public  open
            GET    /assets/lit/{file}                       public  open
            GET    /assets/lit/directives/{file}            public  open
            """;

    /** The codes by which a request is refused for who sends it. */
    private static final Set<String> OF_THE_GATE = Set.of(
            "unauthenticated",
            "invalid_token",
            "forbidden",
            "insufficient_scope",
            "session_required",
            "password_change_required",
            "setup_required");

    private static final List<String> ROLES = List.of("public", "guest", "member", "manager", "admin");

    record Line(String method, String path, String access, String local) {
        boolean admits(String role) {
            return ROLES.indexOf(role) >= ROLES.indexOf(access);
        }

        /** Members may not purge, and may not learn either whether there is something to purge. */
        Verdict refusal(String role) {
            boolean purge = method.equals("DELETE") && path.equals("/api/trash/{id}");
            return purge && role.equals("member") ? Verdict.FORBIDDEN_OR_NOT_FOUND : Verdict.FORBIDDEN;
        }

        boolean isPublic() {
            return access.equals("public");
        }

        boolean isPage() {
            return local.equals("page");
        }

        /** Whether whoever is served here signs out, or signs others out. */
        boolean endsSignIns() {
            return path.equals("/api/auth/logout") || method.equals("DELETE") && path.equals("/api/auth/sessions");
        }

        Verdict verdict(String role) {
            return admits(role) ? Verdict.SERVED : refusal(role);
        }
    }

    /** What the same request may be answered with, by who sends it. */
    enum Verdict {
        SERVED,
        UNAUTHENTICATED,
        FORBIDDEN,
        FORBIDDEN_OR_NOT_FOUND,
        SETUP_REQUIRED,
        /** Either is right: the contract says "public" and "account routes" of it. */
        SERVED_OR_SETUP_REQUIRED,
        TO_LOGIN,
        TO_SETUP
    }

    private World world;
    private Keyring keys;
    private TestServer local;
    private TestServer localBehindProxy;
    private Person expired;
    private Person revoked;
    private Person deactivated;

    @BeforeAll
    void start() {
        world = World.start();
        keys = new Keyring(world);
        local = TestServer.start();
        localBehindProxy = TestServer.start(Map.of("trusted_proxies", "127.0.0.1"));
        expired = world.admin();
        world.clock().advance(Duration.ofDays(31));
        world.signInAgain();
        revoked = world.signIn(world.admin());
        world.http().post("/api/auth/logout").as(revoked).json().expect(200);
        deactivated = world.join("dora", "admin");
        world.http()
                .post("/api/users/" + deactivated.id() + "/deactivate")
                .as(world.admin())
                .json()
                .expect(200);
    }

    @AfterAll
    void stop() {
        world.close();
        local.close();
        localBehindProxy.close();
    }

    static List<Line> contract() {
        List<Line> lines = new ArrayList<>();
        CONTRACT.lines().map(line -> line.split(" +")).forEach(word -> {
            lines.add(new Line(word[0], word[1], word[2], word[3]));
            if (word[0].equals("GET")) {
                lines.add(new Line("HEAD", word[1], word[2], word[3]));
            }
        });
        return lines;
    }

    @Test
    void theTableAndTheContractListTheSameRoutes() {
        TreeSet<String> expected = new TreeSet<>();
        contract().forEach(line -> expected.add(line.method() + " " + line.path()));
        assertThat(new TreeSet<>(world.server().routes())).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> inSharedModeEveryRouteAsksForItsRole() {
        Map<String, Person> people = new LinkedHashMap<>();
        people.put("guest", world.guest());
        people.put("member", world.member());
        people.put("manager", world.manager());
        people.put("admin", world.admin());
        return contract().stream()
                .flatMap(line -> people.entrySet().stream().map(person -> {
                    String role = person.getKey();
                    return cell(
                            line,
                            role,
                            line.verdict(role),
                            () -> line.endsSignIns() ? keys.somebody(role) : person.getValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> inSharedModeNobodyElseGetsIn() {
        Map<String, Person> nobodies = new LinkedHashMap<>();
        nobodies.put("no credential", null);
        nobodies.put("expired", expired);
        nobodies.put("revoked", revoked);
        nobodies.put("deactivated", deactivated);
        return contract().stream()
                .flatMap(line -> nobodies.entrySet().stream().map(person -> {
                    Verdict refused = line.isPage() ? Verdict.TO_LOGIN : Verdict.UNAUTHENTICATED;
                    return cell(line, person.getKey(), line.isPublic() ? Verdict.SERVED : refused, person::getValue);
                }));
    }

    private DynamicTest cell(Line line, String caller, Verdict verdict, Supplier<Person> who) {
        return DynamicTest.dynamicTest(line.method() + " " + line.path() + " by " + caller, () -> {
            Person person = who.get();
            Call call = request(world.http(), line);
            check(verdict, person == null ? call.send() : call.as(person).send());
        });
    }

    @TestFactory
    Stream<DynamicTest> inLocalModeTheLibraryIsOpenToItsOwnerOnly() {
        return contract().stream()
                .flatMap(line -> Stream.of(
                        local(
                                line,
                                "the local owner",
                                local.http(),
                                Map.of(
                                        "open", Verdict.SERVED,
                                        "either", Verdict.SERVED_OR_SETUP_REQUIRED,
                                        "library", Verdict.SERVED,
                                        "page", Verdict.SERVED,
                                        "account", Verdict.SETUP_REQUIRED)),
                        local(
                                line,
                                "a LAN caller",
                                localBehindProxy.http().from("192.168.1.20"),
                                Map.of(
                                        "open", Verdict.SERVED,
                                        "either", Verdict.SERVED_OR_SETUP_REQUIRED,
                                        "library", Verdict.SETUP_REQUIRED,
                                        "page", Verdict.TO_SETUP,
                                        "account", Verdict.SETUP_REQUIRED))));
    }

    private DynamicTest local(Line line, String caller, Http http, Map<String, Verdict> verdicts) {
        return DynamicTest.dynamicTest(
                line.method() + " " + line.path() + " by " + caller,
                () -> check(verdicts.get(line.local()), request(http, line).send()));
    }

    /** A request that is refused for who sends it or not at all: ids are unknown, bodies harmless. */
    static Call request(Http http, Line line) {
        String path = line.path()
                .replace("{id}", "99999999")
                .replace("{user_code}", "BCDF-GHJK")
                .replace("{sha256}", "0".repeat(64))
                .replace("{file}", "none.css");
        if (line.method().equals("PUT")) {
            return http.put(path + "?filename=a.txt").body(Sample.uniqueText());
        }
        Call call = http.call(line.method(), path);
        if (path.equals("/api/media") && line.method().equals("POST")) {
            return call.multipart(Multipart.file("a.txt", Sample.uniqueText()));
        }
        if (!path.startsWith("/api/")) {
            call.header("Accept", "text/html");
        }
        return line.method().equals("POST") || line.method().equals("PATCH") ? call.json() : call;
    }

    static void check(Verdict verdict, Reply reply) {
        switch (verdict) {
            case SERVED -> assertThat(isServed(reply)).as(reply::toString).isTrue();
            case UNAUTHENTICATED -> {
                reply.expect(401);
                assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
            }
            case FORBIDDEN -> reply.expect(403);
            case FORBIDDEN_OR_NOT_FOUND -> assertThat(reply.status()).isIn(403, 404);
            case SETUP_REQUIRED -> checkSetupRequired(reply);
            case SERVED_OR_SETUP_REQUIRED -> {
                if (!isServed(reply)) {
                    checkSetupRequired(reply);
                }
            }
            case TO_LOGIN -> assertThat(reply.expect(302).header("Location")).startsWith("/login");
            case TO_SETUP -> assertThat(reply.expect(302).header("Location")).isEqualTo("/setup");
            default -> throw new AssertionError(verdict);
        }
    }

    private static void checkSetupRequired(Reply reply) {
        reply.expect(403);
        if (!reply.method().equals("HEAD")) {
            assertThat(reply.code()).isEqualTo("setup_required");
        }
    }

    /** Whether the request got past the question who sends it: what a handler refuses has a code of its own. */
    private static boolean isServed(Reply reply) {
        boolean refused = reply.status() == 401 || reply.status() == 403;
        return reply.status() < 500
                && !(refused && (reply.method().equals("HEAD") || OF_THE_GATE.contains(reply.code())));
    }
}
