package dev.latchkey.http;

import dev.latchkey.crypto.Secrets;
import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes and reads the cursors of lists. A cursor belongs to one list with one set of filters: it carries a mark of
 * path and query, and with any other it is refused as foreign.
 */
public final class Cursors {
    private Cursors() {}

    /** The text of a cursor that stands behind {@code position} (numbers and text) in the list that {@code ctx} asks for. */
    public static String write(Context ctx, Object... position) {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(List.of(mark(ctx), List.of(position)));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The position in the request's cursor, if there is one.
     *
     * @param types what each part of the position has to be: {@code Long.class} or {@code String.class}
     * @throws Problem 400 {@code malformed} when it is not a cursor of this list
     */
    public static Optional<List<Object>> read(Context ctx, Class<?>... types) {
        return Requests.query(ctx, "cursor").map(text -> {
            try {
                var json =
                        Json.MAPPER.readTree(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
                if (json == null
                        || json.size() != 2
                        || !json.path(0).asText().equals(mark(ctx))
                        || json.path(1).size() != types.length) {
                    throw foreign();
                }
                Object[] position = new Object[types.length];
                for (int i = 0; i < types.length; i++) {
                    position[i] = part(json.path(1).path(i), types[i]);
                }
                return List.of(position);
            } catch (IllegalArgumentException | IOException e) {
                throw foreign();
            }
        });
    }

    /** The id below which the next page of a list begins that is ordered by id alone, newest first. */
    public static long beforeId(Context ctx) {
        return read(ctx, Long.class).map(position -> (Long) position.get(0)).orElse(Long.MAX_VALUE);
    }

    private static Object part(com.fasterxml.jackson.databind.JsonNode node, Class<?> type) {
        if (type == Long.class && node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (type == String.class && node.isTextual()) {
            return node.textValue();
        }
        throw foreign();
    }

    private static String mark(Context ctx) {
        var filters = new TreeMap<>(ctx.queryParamMap());
        filters.remove("cursor");
        filters.remove("limit");
        return Secrets.hash(ctx.path() + filters).substring(0, 12);
    }

    private static Problem foreign() {
        return Problem.malformed("The cursor does not belong to this list. Start again without it.");
    }
}
