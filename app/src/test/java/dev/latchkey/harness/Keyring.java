package dev.latchkey.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Every kind of credential that somebody can hold, got and used through the API. */
public final class Keyring {
    private final World world;
    private final AtomicInteger people = new AtomicInteger();

    public Keyring(World world) {
        this.world = world;
    }

    /** What the token endpoint gives. */
    public record Tokens(String access, String refresh) {
        public static Tokens of(Reply reply) {
            return new Tokens(reply.textAt("/access_token"), reply.textAt("/refresh_token"));
        }
    }

    /** An authenticator app and the codes on paper beside it. */
    public record SecondFactor(Authenticator app, List<String> backupCodes) {}

    /** Somebody new of this role, signed in once. */
    public Person somebody(String role) {
        return world.join("somebody" + people.incrementAndGet(), role);
    }

    /** Somebody new who has to choose another password, with the session that this takes. */
    public Person somebodyWhoMustChange(String role) {
        Person person = somebody(role);
        String given = "given by an admin 7";
        setPassword(person, given).expect(204);
        return world.signIn(new Person(person.id(), person.username(), given, ""));
    }

    public Call logIn(String username, String password) {
        return world.http().post("/api/auth/login").json("username", username, "password", password);
    }

    /** The challenge of a sign-in whose password was right. */
    public String challenge(Person person) {
        return logIn(person.username(), person.password()).expect(200).textAt("/challenge");
    }

    public Call answer(String challenge, String code) {
        return world.http().post("/api/auth/login/second-factor").json("challenge", challenge, "code", code);
    }

    public Call passwordGrant(String username, String password) {
        return world.http()
                .post("/api/auth/token")
                .json("grant_type", "password", "username", username, "password", password);
    }

    /** A new family of somebody without a second factor. */
    public Tokens tokens(Person person) {
        return Tokens.of(passwordGrant(person.username(), person.password()).expect(200));
    }

    /** The access token, or the session that a browser has in its cookie, of a new guest who came in by a join code. */
    public String guest(boolean cookie) {
        Call code =
                world.http().post("/api/auth/join-codes").as(world.manager()).json("guest_name", "Somebody");
        Reply joined = world.http()
                .post("/api/auth/join-codes/exchange")
                .json("code", code.expect(200).textAt("/code"), "cookie", cookie)
                .expect(200);
        return cookie ? joined.cookie().split("=", 2)[1] : joined.textAt("/access_token");
    }

    public Call refresh(String refreshToken) {
        return world.http().post("/api/auth/token").json("grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    /** The successors of these tokens. */
    public Tokens refreshed(Tokens tokens) {
        return Tokens.of(refresh(tokens.refresh()).expect(200));
    }

    public Call revoke(String token) {
        return world.http().post("/api/auth/revoke").json("token", token);
    }

    /** A new personal access token with these scopes, or the usual ones. */
    public String personalToken(Person owner, String... scopes) {
        Call call = world.http().post("/api/auth/tokens").as(owner);
        Reply made = scopes.length == 0
                ? call.json("name", "Script").expect(201)
                : call.json("name", "Script", "scopes", List.of(scopes)).expect(201);
        return made.textAt("/token");
    }

    public Call me(String bearer) {
        return world.http().get("/api/auth/me").bearer(bearer);
    }

    /** The id of the session or family behind a session or access token. */
    public long idOf(String bearer) {
        return me(bearer).expect(200).longAt("/credential/id");
    }

    public Call changePassword(Person person, String newPassword) {
        return world.http()
                .post("/api/auth/password/change")
                .as(person)
                .json("current_password", person.password(), "new_password", newPassword);
    }

    /** A link to choose a new password, without the site before it. */
    public String resetToken(Person person) {
        return world.http()
                .post("/api/users/" + person.id() + "/reset-password")
                .as(world.admin())
                .json()
                .expect(200)
                .textAt("/reset_token");
    }

    public Call reset(String resetToken, String newPassword) {
        return world.http().post("/api/auth/password/reset").json("token", resetToken, "new_password", newPassword);
    }

    /** Whether a reset link would still work. */
    public boolean isGood(String resetToken) {
        return world.http()
                .post("/api/auth/password/verify-reset-token")
                .json("token", resetToken)
                .expect(200)
                .at("/valid")
                .asBoolean();
    }

    public Call setPassword(Person person, String password) {
        return world.http()
                .post("/api/users/" + person.id() + "/set-password")
                .as(world.admin())
                .json("password", password);
    }

    /** A change of {@code person} by the admin. */
    public Call change(Person person, Object... namesAndValues) {
        return world.http().patch("/api/users/" + person.id()).as(world.admin()).json(namesAndValues);
    }

    /** Something that the admin does to {@code person}, such as {@code deactivate}. */
    public Call order(Person person, String action) {
        return world.http()
                .post("/api/users/" + person.id() + "/" + action)
                .as(world.admin())
                .json();
    }

    /** Turns the second factor on, with the code of the step before, so that the one of now is still good. */
    public SecondFactor enroll(Person person) {
        Authenticator app = new Authenticator(world.http()
                .post("/api/auth/totp/enroll")
                .as(person)
                .json("current_password", person.password())
                .expect(200)
                .textAt("/secret"));
        Reply confirmed = world.http()
                .post("/api/auth/totp/confirm")
                .as(person)
                .json("code", app.codeAt(world.clock().instant().minusSeconds(30)))
                .expect(200);
        List<String> codes = new ArrayList<>();
        confirmed.at("/backup_codes").forEach(code -> codes.add(code.asText()));
        return new SecondFactor(app, codes);
    }
}
