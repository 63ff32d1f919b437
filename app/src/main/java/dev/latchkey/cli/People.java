package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.error.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds people by the name that one remembers. */
final class People {
    private People() {}

    /** The id that is meant by an id or a username. @throws Problem when nobody is called so */
    static long id(Connection connection, String user) {
        return user.matches("[0-9]{1,18}") ? Long.parseLong(user) : idOf(connection, user);
    }

    /** The id of a username. @throws Problem when nobody is called so */
    private static long idOf(Connection connection, String username) {
        String wanted = username.toLowerCase(Locale.ROOT);
        String query = URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        String cursor = "";
        do {
            JsonNode page = connection.get("/api/users?limit=200&q=" + query + cursor);
            for (JsonNode user : page.path("items")) {
                if (user.path("username").asText().equals(wanted)) {
                    return user.path("id").asLong();
                }
            }
            String next = page.path("next_cursor").asText(null);
            cursor = next == null ? null : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (cursor != null);
        throw Problem.notFound("There is nobody with the username " + username + ".");
    }
}
