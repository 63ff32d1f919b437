package dev.latchkey.config;

/** One key of the configuration: its default as text, whether its value is a secret, and what it does. */
record Option(String key, String defaultValue, boolean secret, String description) {
    static Option of(String key, String defaultValue, String description) {
        return new Option(key, defaultValue, false, description);
    }

    static Option secret(String key, String description) {
        return new Option(key, "", true, description);
    }

    /** The environment variable of this key: {@code session.idle_days} is {@code LATCHKEY_SESSION_IDLE_DAYS}. */
    String environmentName() {
        return environmentName(key);
    }

    static String environmentName(String key) {
        return "LATCHKEY_" + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }
}
