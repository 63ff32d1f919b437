package dev.latchkey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.ProblemForm;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every field of every route about accounts with what nobody should send: refused in the right words, never a 5xx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryGarbageTest {
    /** Route, whether it takes a session, and its fields: text, yes or no, a number, a time. */
    private static final String ROUTES = """
            POST  /api/auth/login                       public  username:text password:text device_name:text cookie:bool
            POST  /api/auth/login/second-factor         public  challenge:text code:text cookie:bool
            POST  /api/auth/token                       oauth   grant_type:text username:text password:text totp:text refresh_token:text
            POST  /api/auth/device                      oauth   client_name:text
            POST  /api/auth/device/approve              member  user_code:text
            POST  /api/auth/device/deny                 member  user_code:text
            POST  /api/auth/revoke                      oauth   token:text
            POST  /api/auth/logout                      member  refresh_token:text
            POST  /api/auth/register                    public  username:text password:text display_name:text email:text invite_token:text
            POST  /api/auth/password/change             member  current_password:text new_password:text
            POST  /api/auth/password/forgot             public  email:text
            POST  /api/auth/password/verify-reset-token public  token:text
            POST  /api/auth/password/reset              public  token:text new_password:text code:text
            POST  /api/auth/password/check              public  password:text username:text
            POST  /api/auth/totp/enroll                 member  current_password:text
            POST  /api/auth/totp/confirm                member  code:text
            POST  /api/auth/totp/disable                member  current_password:text code:text
            POST  /api/auth/totp/backup-codes           member  current_password:text code:text
            POST  /api/auth/email/send-verification     member
            POST  /api/auth/email/verify                public  token:text
            POST  /api/auth/tokens                      member  name:text expires_in_days:number
            POST  /api/auth/invites                     admin   ttl_hours:number role:text email:text auto_approve:bool membership_days:number quota_bytes:number note:text
            POST  /api/users                            admin   username:text email:text display_name:text role:text password:text
            PATCH /api/users/{id}                       admin   display_name:text email:text role:text active:bool quota_bytes:number membership_ends_at:text
            POST  /api/users/{id}/set-password          admin   password:text
            POST  /api/users/{id}/reset-password        admin
            POST  /api/users/{id}/end-sessions          admin
            POST  /api/users/{id}/clear-delay           admin
            POST  /api/users/{id}/reset-second-factor   admin
            """;

    private static final Map<String, List<String>> OF_ANOTHER_TYPE = Map.of(
            "text", List.of("1", "1.5", "true", "[]", "[\"x\"]", "{}", "{\"a\":\"x\"}"),
            "bool", List.of("\"true\"", "1", "0", "[]", "{}", "\"\""),
            "number", List.of("\"1\"", "true", "[]", "{}", "1.5", "1e400", "9".repeat(400), "9223372036854775808"));

    private static final List<String> STRANGE_TEXTS = List.of(
            "null",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud83d\"",
            "\"\\udc00x\"",
            "\"\\u202e\\ufeff\"",
            "\"a\\r\\nBcc: x@y.example\"",
            "\"'; DROP TABLE users; --\"",
            "\"%s%n${jndi:ldap://localhost/a}\"",
            "\"" + "e" + "\\u0301".repeat(500) + "\"",
            "\"" + "x".repeat(60_000) + "\"");

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

    private record Line(String method, String path, String caller, Map<String, String> fields) {
        static Line of(String line) {
            String[] words = line.strip().split(" +");
            Map<String, String> fields = new java.util.LinkedHashMap<>();
            for (int i = 3; i < words.length; i++) {
                fields.put(words[i].split(":")[0], words[i].split(":")[1]);
            }
            return new Line(words[0], words[1], words[2], fields);
        }

        /** A body whose fields all have the right type, but for this one. */
        String body(String field, String value) {
            List<String> members = new ArrayList<>();
            fields.forEach((name, type) -> {
                String plain = Map.of("text", "\"quokka plain 77\"", "bool", "false", "number", "7")
                        .get(type);
                members.add("\"" + name + "\":" + (name.equals(field) ? value : plain));
            });
            return "{" + String.join(",", members) + "}";
        }
    }

    private static Stream<Line> lines() {
        return ROUTES.lines().map(Line::of);
    }

    private Shot as(Line line, Shot shot) {
        return switch (line.caller()) {
            case "admin" -> shot.as(world.admin().token());
            case "member" ->
                shot.as(
                        line.path().endsWith("/logout")
                                ? world.signIn(world.member()).token()
                                : world.member().token());
            default -> shot;
        };
    }

    private Reply send(Line line, String body) {
        Shot shot = Shot.of(
                        line.method(),
                        line.path().replace("{id}", String.valueOf(world.guest().id())))
                .json(body);
        Reply reply = as(line, shot).at(world.server());
        assertThat(reply.status()).as(() -> shot + "\n" + reply).isLessThan(500);
        ProblemForm.checkShowsNoInsides(reply);
        boolean oauth = line.caller().equals("oauth")
                && reply.status() == 400
                && reply.json().has("error");
        if (reply.status() >= 400 && !oauth) {
            ProblemForm.check(reply);
        }
        return reply;
    }

    private static Stream<DynamicTest> each(java.util.function.Consumer<Line> test) {
        return lines().map(line -> DynamicTest.dynamicTest(line.method() + " " + line.path(), () -> test.accept(line)));
    }

    @TestFactory
    Stream<DynamicTest> aFieldOfAnotherTypeIsMalformed() {
        return each(line -> line.fields()
                .forEach((field, type) -> OF_ANOTHER_TYPE.get(type).forEach(value -> {
                    Reply reply = send(line, line.body(field, value));
                    if (line.caller().equals("oauth")) {
                        assertThat(reply.status())
                                .as(() -> field + ": " + value + "\n" + reply)
                                .isEqualTo(400);
                    } else {
                        assertThat(reply.status())
                                .as(() -> field + ": " + value + "\n" + reply)
                                .isIn(400, 422);
                        assertThat(reply.code())
                                .as(() -> field + ": " + value + "\n" + reply)
                                .isIn("malformed", "invalid_fields");
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> strangeTextIsRefusedOrTaken() {
        return each(line -> line.fields()
                .forEach((field, type) -> STRANGE_TEXTS.forEach(value -> {
                    if (type.equals("text") || value.equals("null")) {
                        send(line, line.body(field, value));
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoObjectIsMalformed() {
        return each(line -> {
            List<String> bodies = new ArrayList<>(List.of("[]", "\"x\"", "1", "{", "{\"a\":", "{}{}", "\u0000", "nil"));
            bodies.add("[".repeat(30_000));
            bodies.add("{\"a\":".repeat(10_000));
            for (String body : bodies) {
                Reply reply = send(line, body);
                if (!line.fields().isEmpty()) {
                    assertThat(reply.status()).as(() -> body + "\n" + reply).isIn(400, 422);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> emptyBodiesAreRefusedAndUnknownFieldsIgnored() {
        return each(line -> {
            send(line, "");
            send(line, "{}");
            send(line, "null");
            Reply plain = send(line, line.body("", ""));
            String more = line.body("", "")
                    .replaceFirst(
                            "\\{",
                            "{\"id\":[],\"is_admin\":true,\"x\":{\"y\":[1]}"
                                    + (line.fields().isEmpty() ? "" : ","));
            assertThat(send(line, more).status()).isIn(plain.status(), 409);
        });
    }

    @TestFactory
    Stream<DynamicTest> tenMegabytesAreTooLarge() {
        return Stream.of(
                        "token",
                        "login/second-factor",
                        "register",
                        "password/forgot",
                        "password/reset",
                        "password/check",
                        "revoke")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String large = "{\"username\":\"" + "\u00e9".repeat(5_000_000) + "\"}";
                    Reply reply =
                            Shot.of("POST", "/api/auth/" + name).json(large).at(world.server());
                    assertThat(reply.status()).as(reply::toString).isEqualTo(413);
                }));
    }
}
