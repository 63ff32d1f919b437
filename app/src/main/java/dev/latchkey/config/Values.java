package dev.latchkey.config;

import dev.latchkey.error.Problem;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads typed values out of the settings; every message names the key, the value and what is allowed. */
final class Values {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|TB|KIB|MIB|GIB|TIB)?");

    private final Map<String, String> settings;

    Values(Map<String, String> settings) {
        this.settings = settings;
    }

    String text(String key) {
        return settings.get(key);
    }

    Optional<String> optional(String key) {
        return Optional.of(text(key)).filter(value -> !value.isBlank());
    }

    List<String> list(String key, String separator) {
        return Arrays.stream(text(key).split(separator))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    int integer(String key, int min, int max) {
        try {
            int value = Integer.parseInt(text(key));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both mistakes
        }
        throw refused(key, "a whole number from " + min + " to " + max);
    }

    double factor(String key) {
        try {
            double value = Double.parseDouble(text(key));
            if (value >= 0 && value <= 1_000_000) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both mistakes
        }
        throw refused(key, "a number from 0 to 1000000");
    }

    boolean flag(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, "true or false");
        };
    }

    /** Bytes: a plain number, or one with KB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB (powers of 1024). */
    long bytes(String key) {
        Matcher size = SIZE.matcher(text(key).toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw refused(key, "a size such as 500MB or 10GiB");
        }
        String unit = Optional.ofNullable(size.group(2)).orElse("B");
        int power = "BKMGT".indexOf(unit.charAt(0));
        long base = unit.endsWith("IB") ? 1024 : 1000;
        try {
            long value = Long.parseLong(size.group(1));
            for (int i = 0; i < power; i++) {
                value = Math.multiplyExact(value, base);
            }
            return value;
        } catch (ArithmeticException e) {
            throw refused(key, "a size below 8 EiB");
        }
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text(key))) {
                return constant;
            }
        }
        throw refused(key, "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    /** An absolute http or https address without user, query or fragment. */
    URI url(String key) {
        try {
            URI url = URI.create(text(key));
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message for both mistakes
        }
        throw refused(key, "an address such as https://library.example.org");
    }

    Problem refused(String key, String allowed) {
        return Problem.invalidField(key, "is \"" + text(key) + "\"; allowed is " + allowed);
    }
}
