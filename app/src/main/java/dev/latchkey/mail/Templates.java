package dev.latchkey.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes letters from {@code resources/mail/NAME.txt}, whose first line is the subject, and {@code NAME.html}, which
 * lands in {@code layout.html}.
 */
final class Templates {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    /** Control characters, other line ends, and what turns the direction of text: none may stand in a value. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final String instanceName;

    Templates(String instanceName) {
        this.instanceName = instanceName;
    }

    Letter write(Mail mail) {
        Map<String, String> values = new HashMap<>(mail.values());
        values.put("instance", instanceName);
        values.put("until", until(mail.uselessAt()));
        values.replaceAll((name, value) -> oneLine(value));

        String[] text = file(mail.template() + ".txt").split("\n", 2);
        String html = file("layout.html").replace("{{body}}", file(mail.template() + ".html"));
        UnaryOperator<String> asItIs = UnaryOperator.identity();
        return new Letter(
                fill(text[0], values, asItIs),
                fill(text[1].strip() + "\n", values, asItIs),
                fill(html, values, Templates::escape));
    }

    /** {@code text} without control characters and line ends, so that it cannot begin a header or a line. */
    static String oneLine(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    private static String until(Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /** In one pass, so that a value which looks like a place is left alone. */
    private static String fill(String template, Map<String, String> values, UnaryOperator<String> escape) {
        return PLACE.matcher(template).replaceAll((MatchResult place) -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("A mail has no value for " + place.group());
            }
            return Matcher.quoteReplacement(escape.apply(value));
        });
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private String file(String name) {
        return files.computeIfAbsent(name, Templates::read);
    }

    private static String read(String name) {
        try (InputStream in = Templates.class.getResourceAsStream("/mail/" + name)) {
            if (in == null) {
                throw new IllegalStateException("There is no mail template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
