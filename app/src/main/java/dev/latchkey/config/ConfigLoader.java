package dev.latchkey.config;

import dev.latchkey.config.Config.FirstAdmin;
import dev.latchkey.config.Config.Listen;
import dev.latchkey.config.Config.LogFormat;
import dev.latchkey.config.Config.Network;
import dev.latchkey.config.Config.OidcProvider;
import dev.latchkey.config.Config.PasswordRules;
import dev.latchkey.config.Config.Registration;
import dev.latchkey.config.Config.Sessions;
import dev.latchkey.config.Config.Smtp;
import dev.latchkey.config.Config.SmtpTls;
import dev.latchkey.config.Config.Storage;
import dev.latchkey.error.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a {@link Config} of a file and the environment, or says which key is wrong and what is allowed. */
public final class ConfigLoader {
    private static final Pattern LISTEN = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+):(\\d{1,5})");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+]");
    private static final String ADDRESS = "[!-~&&[^@,:;<>()\"\\\\]]+@[A-Za-z0-9.-]+";
    /** An address, alone or in angle brackets behind a name. */
    private static final Pattern SENDER = Pattern.compile(ADDRESS + "|[^<>\\p{Cntrl}]*<" + ADDRESS + ">");

    private static final Map<String, String> KNOWN_ISSUERS = Map.of(
            "google", "https://accounts.google.com",
            "microsoft", "https://login.microsoftonline.com/common/v2.0");

    private final Values values;

    private ConfigLoader(Values values) {
        this.values = values;
    }

    /**
     * The configuration of {@code file}, else of {@code ./config.properties} where that exists, under the environment.
     *
     * @throws Problem {@code invalid_fields} naming the first key that is unknown or has a bad value
     */
    public static Config load(Optional<Path> file, Map<String, String> environment) {
        return build(effective(file, environment));
    }

    /** The configuration of these keys over the defaults, as from a file. @throws Problem as {@link #load} */
    public static Config fromMap(Map<String, String> settings) {
        return build(Settings.merge(settings, Map.of()));
    }

    /** Every key with its effective text, secrets masked, in the order of their names. */
    public static Map<String, String> masked(Optional<Path> file, Map<String, String> environment) {
        Map<String, String> effective = effective(file, environment);
        build(effective);
        effective.replaceAll((key, value) -> Settings.isSecret(key) && !value.isEmpty() ? "********" : value);
        return effective;
    }

    /** The text of {@code config.example.properties}: every key, commented out, with its default and meaning. */
    public static String example() {
        StringBuilder text = new StringBuilder("""
                # Latchkey's configuration: every key with its default. Copy to config.properties and change what you need.
                # The environment wins over the file: session.idle_days is LATCHKEY_SESSION_IDLE_DAYS.
                # Secrets can also come from a file: LATCHKEY_SMTP_PASSWORD_FILE=/run/secrets/smtp.
                """);
        for (Option option : Options.ALL) {
            describe(text, option, option.key());
        }
        text.append("\n# One block for each OpenID Connect provider, here called \"example\".\n");
        for (Option option : Options.OIDC) {
            describe(text, option, "oidc.example." + option.key());
        }
        return text.toString();
    }

    private static void describe(StringBuilder text, Option option, String key) {
        text.append("\n# ")
                .append(option.description())
                .append("\n#")
                .append(key)
                .append('=');
        text.append(option.defaultValue()).append('\n');
    }

    private static Map<String, String> effective(Optional<Path> file, Map<String, String> environment) {
        Path path = file.orElse(Path.of("config.properties"));
        boolean present = file.isPresent() || Files.exists(path);
        return Settings.merge(present ? Settings.read(path) : Map.of(), environment);
    }

    private static Config build(Map<String, String> settings) {
        return new ConfigLoader(new Values(settings)).config(settings);
    }

    private Config config(Map<String, String> settings) {
        return new Config(
                listen(),
                Path.of(values.optional("data_dir").orElseThrow(() -> values.refused("data_dir", "a folder"))),
                values.optional("instance_name").orElseThrow(() -> values.refused("instance_name", "a name")),
                network(),
                values.flag("local.open_to_lan"),
                values.choice("registration", Registration.class),
                sessions(),
                Duration.ofHours(values.integer("invite.ttl_hours", 1, 24 * 365)),
                Duration.ofHours(values.integer("join_code.ttl_hours", 1, 24 * 365)),
                new PasswordRules(
                        values.integer("password.min_length", 8, 64),
                        values.integer("password.bcrypt_cost", 10, 16),
                        values.flag("password.hibp"),
                        values.url("password.hibp_url")),
                values.factor("throttle.factor"),
                new Storage(
                        values.bytes("upload.max_bytes"),
                        values.bytes("storage.reserve_bytes"),
                        days("trash.days", 3650)),
                values.flag("email.verification"),
                smtp(),
                firstAdmin(),
                oidc(settings),
                values.integer("audit.retain_days", 1, 36_500),
                values.choice("log.format", LogFormat.class));
    }

    private Listen listen() {
        Matcher matcher = LISTEN.matcher(values.text("listen"));
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw values.refused("listen", "an address and a port, such as 0.0.0.0:5397 or [::]:5397");
        }
        return new Listen(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    private Network network() {
        List<String> hosts = values.list("allowed_hosts", ",");
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw values.refused("allowed_hosts", "host names without scheme, port or path, separated by commas");
        }
        return new Network(
                values.optional("public_url").map(ignored -> values.url("public_url")),
                hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList(),
                trustedProxies(),
                corsOrigins());
    }

    private List<AddressRange> trustedProxies() {
        try {
            return values.list("trusted_proxies", ",").stream()
                    .map(AddressRange::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw values.refused("trusted_proxies", "IP addresses or CIDR blocks, separated by commas");
        }
    }

    private List<String> corsOrigins() {
        List<String> origins = values.list("cors_origins", ",");
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+"))) {
            throw values.refused("cors_origins", "exact origins such as https://app.example.org, separated by commas");
        }
        return origins;
    }

    private Sessions sessions() {
        return new Sessions(
                days("session.idle_days", 3650),
                days("session.max_days", 3650),
                Duration.ofMinutes(values.integer("access_token.minutes", 1, 24 * 60)),
                Duration.ofSeconds(values.integer("refresh.grace_seconds", 0, 300)));
    }

    private Duration days(String key, int max) {
        return Duration.ofDays(values.integer(key, 1, max));
    }

    private Smtp smtp() {
        Optional<String> host = values.optional("smtp.host");
        if (!host.map(name -> HOST.matcher(name).matches()).orElse(true)) {
            throw values.refused("smtp.host", "a host name or an IP address, without a port");
        }
        Optional<String> from = values.optional("smtp.from");
        if (!from.map(sender -> SENDER.matcher(sender).matches()).orElse(host.isEmpty())) {
            throw values.refused(
                    "smtp.from", "library@example.org or Library <library@example.org>, needed when smtp.host is set");
        }
        if (values.optional("smtp.username").isPresent()
                && values.optional("smtp.password").isEmpty()) {
            throw Problem.invalidField("smtp.username", "needs smtp.password beside it");
        }
        return new Smtp(
                host,
                values.integer("smtp.port", 1, 65_535),
                values.optional("smtp.username"),
                values.optional("smtp.password"),
                from,
                values.choice("smtp.tls", SmtpTls.class));
    }

    private Optional<FirstAdmin> firstAdmin() {
        Optional<String> username = values.optional("admin.username");
        Optional<String> password = values.optional("admin.password");
        if (username.isPresent() != password.isPresent()) {
            throw Problem.invalidField("admin.username", "and admin.password are needed together");
        }
        if (username.isEmpty() && values.optional("admin.email").isPresent()) {
            throw Problem.invalidField("admin.email", "needs admin.username and admin.password");
        }
        return username.map(name -> new FirstAdmin(name, values.optional("admin.email"), password.orElseThrow()));
    }

    private Map<String, OidcProvider> oidc(Map<String, String> settings) {
        Map<String, OidcProvider> providers = new TreeMap<>();
        for (String key : settings.keySet()) {
            if (key.startsWith("oidc.") && key.endsWith(".client_id")) {
                String id = key.substring("oidc.".length(), key.length() - ".client_id".length());
                providers.put(id, provider(id, "oidc." + id + "."));
            }
        }
        return Map.copyOf(providers);
    }

    private OidcProvider provider(String id, String prefix) {
        URI issuer = values.optional(prefix + "issuer")
                .map(ignored -> values.url(prefix + "issuer"))
                .or(() -> Optional.ofNullable(KNOWN_ISSUERS.get(id)).map(URI::create))
                .orElseThrow(() -> values.refused(prefix + "issuer", "the provider's address"));
        String role = values.text(prefix + "default_role");
        if (!role.equals("guest") && !role.equals("member")) {
            throw values.refused(prefix + "default_role", "guest or member");
        }
        return new OidcProvider(
                id,
                issuer,
                values.optional(prefix + "client_id")
                        .orElseThrow(() -> values.refused(prefix + "client_id", "the client id from the provider")),
                values.optional(prefix + "client_secret"),
                values.optional(prefix + "name").orElse(id),
                values.list(prefix + "scopes", " "),
                values.flag(prefix + "auto_register"),
                role);
    }
}
