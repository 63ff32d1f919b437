package dev.latchkey.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A server in shared mode with one person of each role, all of whom came in through the API. */
public final class World implements AutoCloseable {
    /** A password that every rule accepts. */
    public static final String PASSWORD = "violet harbour 19 lanterns";

    private final TestServer server;
    private Person admin;
    private Person manager;
    private Person member;
    private Person guest;

    private World(TestServer server) {
        this.server = server;
        this.admin = setUp(server);
        this.manager = join("mara", "manager");
        this.member = join("mel", "member");
        this.guest = join("gus", "guest");
    }

    public static World start() {
        return start(Map.of());
    }

    /** With these keys of DESIGN.md set. */
    public static World start(Map<String, String> options) {
        return new World(TestServer.start(options));
    }

    /** Runs setup with the admin {@code ada}, with the setup code, so that it does not matter where we call from. */
    public static Person setUp(TestServer server) {
        Reply reply = server.http()
                .post("/api/auth/setup")
                .json("username", "ada", "password", PASSWORD, "display_name", "Ada", "setup_code", setupCode(server))
                .expect(200);
        return new Person(reply.longAt("/user/id"), "ada", PASSWORD, reply.textAt("/token"));
    }

    /** The code that whoever runs the server can read. */
    public static String setupCode(TestServer server) {
        try {
            return Files.readString(server.dataDir().resolve("setup-code")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings in somebody new: invite, join request, approval, sign-in. */
    public Person join(String username, String role) {
        Reply decided = approve(ask(username, role));
        Person person = new Person(decided.longAt("/user/id"), username, PASSWORD, "");
        return signIn(person);
    }

    /** The id of a join request that waits for a decision. */
    public long ask(String username, String role) {
        return http().post("/api/auth/join-requests")
                .json("invite_token", invite("role", role), "username", username, "password", PASSWORD)
                .expect(200)
                .longAt("/join_request_id");
    }

    /** The token of a new invite by the admin, with these fields. */
    public String invite(Object... namesAndValues) {
        return http().post("/api/auth/invites")
                .as(admin)
                .json(namesAndValues)
                .expect(200)
                .textAt("/invite_token");
    }

    public Reply approve(long joinRequestId) {
        return http().post("/api/auth/join-requests/" + joinRequestId + "/approve")
                .as(admin)
                .json()
                .expect(200);
    }

    /** The same person with a new session. */
    public Person signIn(Person person) {
        return person.with(http().post("/api/auth/login")
                .json("username", person.username(), "password", person.password())
                .expect(200)
                .textAt("/token"));
    }

    /** Gives everybody a new session, for tests that let the old ones expire. */
    public void signInAgain() {
        admin = signIn(admin);
        manager = signIn(manager);
        member = signIn(member);
        guest = signIn(guest);
    }

    /** The id of a new medium with these bytes. */
    public long upload(Person person, String filename, byte[] bytes) {
        return http().post("/api/media")
                .as(person)
                .multipart(Multipart.file(filename, bytes))
                .expect(200)
                .longAt("/results/0/media_id");
    }

    public Http http() {
        return server.http();
    }

    public TestServer server() {
        return server;
    }

    public TestClock clock() {
        return server.clock();
    }

    public Person admin() {
        return admin;
    }

    public Person manager() {
        return manager;
    }

    public Person member() {
        return member;
    }

    public Person guest() {
        return guest;
    }

    @Override
    public void close() {
        server.close();
    }
}
