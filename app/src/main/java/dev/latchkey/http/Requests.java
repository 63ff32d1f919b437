package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what handlers need out of a request; every method refuses bad input with a {@link Problem}. */
public final class Requests {
    static final String CALLER = "latchkey.caller";
    static final String AGAIN = "latchkey.again";
    static final String CLIENT = "latchkey.client";
    /** Whether the route is one of {@link Rule#OAUTH}. */
    static final String OAUTH = "latchkey.oauth";
    /** Larger bodies that are read as a whole are refused with 413. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    /** One spelling for each number, and none that a long cannot hold. */
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,17}");

    private Requests() {}

    /** Who is calling, as the gate found out. */
    public static Caller caller(Context ctx) {
        return ctx.attribute(CALLER);
    }

    /**
     * Asks the gate anew who is calling, for an answer that goes on: the same rules as at the beginning, held against what
     * is so now. Empty when the caller would be refused.
     */
    static Supplier<Optional<Caller>> again(Context ctx) {
        return ctx.attribute(AGAIN);
    }

    /** Where the request comes from. */
    public static Client client(Context ctx) {
        return ctx.attribute(CLIENT);
    }

    /**
     * The JSON object in the body.
     *
     * @throws Problem 400 {@code malformed} for what is not a JSON object, 413 over 64 KiB, 422 naming the field for a
     *     value of the wrong type
     */
    public static <T> T body(Context ctx, Class<T> type) {
        return parse(read(ctx), type);
    }

    /** As {@link #body}, where one may also send none. */
    public static <T> Optional<T> optionalBody(Context ctx, Class<T> type) {
        byte[] body = read(ctx);
        return body.length == 0 ? Optional.empty() : Optional.of(parse(body, type));
    }

    static <T> T parse(byte[] body, Class<T> type) {
        try (var parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.malformed("The body must be a JSON object.");
            }
            return Json.MAPPER.readerFor(type).readValue(body);
        } catch (MismatchedInputException e) {
            throw wrongType(e);
        } catch (JsonProcessingException e) {
            throw Problem.malformed("The body is not valid JSON.");
        } catch (IOException e) {
            throw Problem.malformed("The body cannot be read.");
        }
    }

    static byte[] read(Context ctx) {
        try (InputStream in = RequestBody.of(ctx)) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw Problem.of(
                        Problem.Kind.TOO_LARGE, "too_large", "This body may have at most " + MAX_BYTES + " bytes.");
            }
            return body;
        } catch (IOException e) {
            throw Problem.malformed("The body ended too early.");
        }
    }

    private static Problem wrongType(MismatchedInputException e) {
        String field = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .collect(Collectors.joining("."));
        return field.isEmpty()
                ? Problem.malformed("The body is not valid JSON.")
                : Problem.invalidField(field, wanted(e.getTargetType()));
    }

    private static String wanted(Class<?> type) {
        if (type == Instant.class) {
            return "must be a time such as 2026-11-20T23:11:05.123Z";
        }
        if (type != null && type.isEnum()) {
            return "must be one of "
                    + Stream.of(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return "has a value of the wrong type";
    }

    /** The positive number in the path. @throws Problem 400 for anything else */
    public static long pathId(Context ctx, String name) {
        return positive(ctx.pathParam(name), name);
    }

    private static long positive(String text, String name) {
        if (POSITIVE.matcher(text).matches()) { // Java would also read a sign, and the digits of other scripts
            return Long.parseLong(text);
        }
        throw Problem.malformed("The " + name + " must be a positive whole number.");
    }

    /** A query parameter that is there and not empty. @throws Problem 400 when it is sent twice */
    public static Optional<String> query(Context ctx, String name) {
        List<String> values = ctx.queryParams(name);
        if (values.size() > 1) {
            throw Problem.malformed("The parameter " + name + " is there more than once.");
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    public static Optional<Long> queryId(Context ctx, String name) {
        return query(ctx, name).map(text -> positive(text, name));
    }

    /** {@code true} or {@code false}. */
    public static Optional<Boolean> queryFlag(Context ctx, String name) {
        return query(ctx, name).map(text -> {
            if (text.equals("true") || text.equals("false")) {
                return Boolean.valueOf(text);
            }
            throw Problem.malformed("The parameter " + name + " must be true or false.");
        });
    }

    /** What somebody looks for: at most {@code maxLength} characters on one line. */
    public static Optional<String> querySearch(Context ctx, String name, int maxLength) {
        Optional<String> text = query(ctx, name);
        if (text.filter(t -> t.length() > maxLength || !Fields.isPrintable(t, false))
                .isPresent()) {
            throw Problem.malformed(
                    "The search text may have " + maxLength + " characters at most, and no control characters.");
        }
        return text;
    }

    /** One of an enum's constants, written in lower case. */
    public static <E extends Enum<E>> Optional<E> queryChoice(Context ctx, String name, Class<E> type) {
        return query(ctx, name).map(text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw Problem.malformed("The parameter " + name + " has an unknown value.");
        });
    }

    /** A time such as {@code 2026-11-20T23:11:05.123Z}; any ISO 8601 offset is understood. */
    public static Optional<Instant> queryTime(Context ctx, String name) {
        return query(ctx, name).map(text -> {
            try {
                Instant time = java.time.OffsetDateTime.parse(text).toInstant();
                time.toEpochMilli();
                return time;
            } catch (DateTimeParseException | ArithmeticException e) {
                throw Problem.malformed("The parameter " + name + " must be a time such as 2026-11-20T23:11:05.123Z.");
            }
        });
    }

    /** The page size: 1 to 200, 50 when not sent. */
    public static int limit(Context ctx) {
        return query(ctx, "limit")
                .map(text -> {
                    long limit = positive(text, "limit");
                    if (limit > MAX_LIMIT) {
                        throw Problem.malformed("The limit may be " + MAX_LIMIT + " at most.");
                    }
                    return (int) limit;
                })
                .orElse(DEFAULT_LIMIT);
    }
}
