package dev.latchkey.config;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the raw text of each key comes from: the environment before the file, the file before the defaults. */
final class Settings {
    private Settings() {}

    /** All keys with their effective text. @throws Problem for an unknown key or an unreadable file */
    static Map<String, String> merge(Map<String, String> file, Map<String, String> environment) {
        Map<String, String> merged = new TreeMap<>();
        Options.ALL.forEach(option -> merged.put(option.key(), option.defaultValue()));
        Set<String> providers = providers(file, environment);
        for (String id : providers) {
            Options.OIDC.forEach(option -> merged.put("oidc." + id + "." + option.key(), option.defaultValue()));
        }
        file.forEach((key, value) -> {
            if (!merged.containsKey(key)) {
                throw Problem.invalidField(key, "is not a key that Latchkey knows; see config.example.properties");
            }
            merged.put(key, value.strip());
        });
        merged.replaceAll((key, value) -> fromEnvironment(key, environment).orElse(value));
        refuseUnknownVariables(merged.keySet(), environment);
        return merged;
    }

    private static Set<String> providers(Map<String, String> file, Map<String, String> environment) {
        Set<String> ids = new TreeSet<>();
        for (Option option : Options.OIDC) {
            file.keySet()
                    .forEach(key -> between(key, "oidc.", "." + option.key()).ifPresent(ids::add));
            String suffix = "_" + option.key().toUpperCase(Locale.ROOT);
            environment
                    .keySet()
                    .forEach(name -> between(name.replaceFirst("_FILE$", ""), "LATCHKEY_OIDC_", suffix)
                            .ifPresent(id -> ids.add(id.toLowerCase(Locale.ROOT))));
        }
        return ids;
    }

    private static Optional<String> between(String text, String prefix, String suffix) {
        boolean fits =
                text.startsWith(prefix) && text.endsWith(suffix) && text.length() > prefix.length() + suffix.length();
        return fits
                ? Optional.of(text.substring(prefix.length(), text.length() - suffix.length()))
                        .filter(id -> id.matches("[A-Za-z0-9-]{1,32}"))
                : Optional.empty();
    }

    private static Optional<String> fromEnvironment(String key, Map<String, String> environment) {
        String name = Option.environmentName(key);
        if (isSecret(key) && environment.containsKey(name + "_FILE")) {
            return Optional.of(readSecret(key, Path.of(environment.get(name + "_FILE"))));
        }
        return Optional.ofNullable(environment.get(name)).map(String::strip);
    }

    static boolean isSecret(String key) {
        return Options.ALL.stream()
                        .anyMatch(option -> option.secret() && option.key().equals(key))
                || key.startsWith("oidc.") && key.endsWith(".client_secret");
    }

    private static String readSecret(String key, Path path) {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw Problem.invalidField(key, "is to be read from " + path + ", which cannot be read: " + e.getMessage());
        }
    }

    private static void refuseUnknownVariables(Set<String> keys, Map<String, String> environment) {
        Set<String> known = new TreeSet<>(Set.of("LATCHKEY_SERVER", "LATCHKEY_TOKEN", "LATCHKEY_JAVA_OPTS"));
        for (String key : keys) {
            known.add(Option.environmentName(key));
            if (isSecret(key)) {
                known.add(Option.environmentName(key) + "_FILE");
            }
        }
        for (String name : environment.keySet()) {
            if (name.startsWith("LATCHKEY_") && !known.contains(name)) {
                throw Problem.invalidField(
                        name, "is not a variable that Latchkey knows; see config.example.properties");
            }
        }
    }

    /** The keys and values of a properties file in UTF-8. */
    static Map<String, String> read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw Problem.invalidField(path.toString(), "cannot be read as a configuration: " + e.getMessage());
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}
