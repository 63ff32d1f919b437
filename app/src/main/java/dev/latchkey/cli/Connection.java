package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests to the chosen server with whatever credential there is, which is renewed when it has run out. */
final class Connection {
    private final Api api;
    private final Home home;
    private final Clock clock;
    private final Optional<String> givenToken;

    private Connection(Api api, Home home, Clock clock, Optional<String> givenToken) {
        this.api = api;
        this.home = home;
        this.clock = clock;
        this.givenToken = givenToken;
    }

    /**
     * To the server that is named, in this order: by the option, by {@code LATCHKEY_SERVER}, by the last sign-in or
     * the installer; else on this machine. {@code LATCHKEY_TOKEN} wins over a stored sign-in.
     */
    static Connection open(Optional<String> named, Map<String, String> environment, Clock clock) {
        Home home = Home.of(environment);
        Optional<String> variable = variable(environment, "LATCHKEY_SERVER");
        ServerAddress server = named.or(() -> variable)
                .map(ServerAddress::parse)
                .or(home::server)
                .orElse(ServerAddress.HERE);
        Optional<String> token = variable(environment, "LATCHKEY_TOKEN");
        if (token.isPresent() && !token.get().matches("[!-~]+")) {
            throw Problem.malformed("LATCHKEY_TOKEN is no token: there are blanks or special characters in it.");
        }
        return new Connection(new Api(server), home, clock, token);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    ServerAddress server() {
        return api.server();
    }

    Home home() {
        return home;
    }

    /** The JSON of a successful answer. @throws Problem with the server's words, or because no answer came */
    JsonNode call(String method, String path, Object body) {
        Api.Answer answer =
                authorized(token -> api.send(method, path, token, body), refused -> refused.status() == 401);
        if (answer.status() == 401) {
            throw unauthenticated();
        }
        return answer.orRefusal();
    }

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** Sends a request with a bearer token, or null for none. */
    interface Sender<T, E extends Exception> {
        T send(String token) throws E;
    }

    /** What {@code sender} gets; a credential that has just ended is renewed once. */
    <T, E extends Exception> T authorized(Sender<T, E> sender, Predicate<T> refused) throws E {
        Optional<String> token = token();
        T answer = sender.send(token.orElse(null));
        if (givenToken.isPresent() || token.isEmpty() || !refused.test(answer)) {
            return answer;
        }
        Optional<String> renewed = renew(token.get());
        return renewed.isPresent() ? sender.send(renewed.get()) : answer;
    }

    /** What to do about a 401. */
    Problem unauthenticated() {
        return Problem.unauthenticated(
                "unauthenticated",
                givenToken.isPresent()
                        ? "LATCHKEY_TOKEN is not valid at " + server() + "."
                        : "You are not signed in at " + server() + ". Run: latchkey login " + server());
    }

    /** Without any credential, for the routes that make one. */
    Api.Answer anonymous(String method, String path, Object body) {
        return api.send(method, path, null, body);
    }

    /** Whether {@code LATCHKEY_TOKEN} wins over whatever is stored. */
    boolean hasGivenToken() {
        return givenToken.isPresent();
    }

    /** A bearer token that is good now; empty when nobody is signed in at this server. */
    private Optional<String> token() {
        if (givenToken.isPresent()) {
            return givenToken;
        }
        Optional<SignInFile> stored = stored();
        if (stored.isEmpty() || stored.get().isFresh(clock.instant())) {
            return stored.map(SignInFile::accessToken);
        }
        return renew(stored.get().accessToken());
    }

    private Optional<SignInFile> stored() {
        return home.signIn().filter(signIn -> signIn.server().equals(server().toString()));
    }

    /** A token other than {@code old}: what another command has fetched meanwhile, or a new one. */
    private Optional<String> renew(String old) {
        return home.alone(() -> {
            Optional<SignInFile> stored = stored();
            if (stored.isEmpty() || !stored.get().accessToken().equals(old)) {
                return stored.map(SignInFile::accessToken);
            }
            Map<String, String> request = Map.of(
                    "grant_type", "refresh_token", "refresh_token", stored.get().refreshToken());
            Api.Answer answer = anonymous("POST", "/api/auth/token", request);
            boolean over = answer.status() == 400 || answer.status() == 401;
            return over ? Optional.empty() : Optional.of(keep(answer.orRefusal()));
        });
    }

    /** Remembers what the token endpoint handed out, and returns whose it is: the answer of {@code /api/auth/me}. */
    JsonNode signIn(JsonNode tokens) {
        String access = home.alone(() -> keep(tokens));
        return api.send("GET", "/api/auth/me", access, null).orRefusal();
    }

    private String keep(JsonNode tokens) {
        Instant end = clock.instant().plusSeconds(tokens.path("expires_in").asLong());
        String access = tokens.path("access_token").asText();
        String refresh = tokens.path("refresh_token").asText();
        home.keep(new SignInFile(server().toString(), access, end, refresh));
        return access;
    }

    /** The refresh token of the sign-in at this server, to be ended with it. */
    Optional<String> refreshToken() {
        return stored().map(SignInFile::refreshToken);
    }
}
