package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
        return new Connection(new Api(server), home, clock, variable(environment, "LATCHKEY_TOKEN"));
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
        return answer(method, path, body).orRefusal();
    }

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** As {@link #call}, whatever the status is; a credential that has just ended is renewed once. */
    Api.Answer answer(String method, String path, Object body) {
        Optional<String> token = token();
        Api.Answer answer = api.send(method, path, token.orElse(null), body);
        if (answer.status() == 401 && givenToken.isEmpty() && token.isPresent()) {
            Optional<String> renewed = renew(token.get());
            return renewed.isPresent() ? api.send(method, path, renewed.get(), body) : answer;
        }
        return answer;
    }

    /** Without any credential, for the routes that make one. */
    Api.Answer anonymous(String method, String path, Object body) {
        return api.send(method, path, null, body);
    }

    /** A bearer token that is good now; empty when nobody is signed in at this server. */
    Optional<String> token() {
        if (givenToken.isPresent()) {
            return givenToken;
        }
        Optional<SignInFile> stored = stored();
        if (stored.isEmpty() || stored.get().isFresh(clock.instant())) {
            return stored.map(SignInFile::accessToken);
        }
        return renew(stored.get().accessToken()).or(() -> stored.map(SignInFile::accessToken));
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
            return answer.isOk() ? Optional.of(keep(answer.body())) : Optional.empty();
        });
    }

    /** Remembers what the token endpoint handed out, and returns the access token. */
    String keep(JsonNode tokens) {
        Instant end = clock.instant().plusSeconds(tokens.path("expires_in").asLong());
        String access = tokens.path("access_token").asText();
        home.keep(new SignInFile(
                server().toString(),
                access,
                end.toString(),
                tokens.path("refresh_token").asText()));
        return access;
    }

    /** The refresh token of the sign-in at this server, to be ended with it. */
    Optional<String> refreshToken() {
        return stored().map(SignInFile::refreshToken);
    }
}
