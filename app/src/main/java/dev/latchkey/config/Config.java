package dev.latchkey.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything an administrator can set, validated once at start and handed down; DESIGN.md lists the keys. */
public record Config(
        Listen listen,
        Path dataDir,
        String instanceName,
        Network network,
        boolean openToLan,
        Registration registration,
        Sessions sessions,
        Duration inviteTtl,
        Duration joinCodeTtl,
        PasswordRules passwords,
        double throttleFactor,
        Storage storage,
        boolean emailVerification,
        Smtp smtp,
        Optional<FirstAdmin> firstAdmin,
        Map<String, OidcProvider> oidc,
        int auditRetainDays,
        LogFormat logFormat) {

    /** Where to listen; port 0 is any free port. */
    public record Listen(String host, int port) {}

    /** Names, addresses and origins that we answer to or believe. */
    public record Network(
            Optional<URI> publicUrl,
            List<String> allowedHosts,
            List<AddressRange> trustedProxies,
            List<String> corsOrigins) {}

    /** Who may make an account without being asked in. */
    public enum Registration {
        CLOSED,
        INVITE,
        OPEN
    }

    /** Lifetimes of credentials: sliding and absolute ends. */
    public record Sessions(Duration idle, Duration max, Duration accessToken, Duration refreshGrace) {}

    /** What a password has to be, and how it is hashed. */
    public record PasswordRules(int minLength, int bcryptCost, boolean hibp, URI hibpUrl) {}

    /** Limits in bytes, and how long deleted media can come back. */
    public record Storage(long uploadMaxBytes, long reserveBytes, Duration trash) {}

    /** The mail server; without a host, mail is printed to the log. */
    public record Smtp(
            Optional<String> host,
            int port,
            Optional<String> username,
            Optional<String> password,
            Optional<String> from,
            SmtpTls tls) {
        @Override
        public String toString() {
            return "Smtp[" + host.orElse("log") + "]";
        }
    }

    /** How the connection to the mail server is protected. */
    public enum SmtpTls {
        STARTTLS,
        TLS,
        NONE
    }

    /** An admin made at start, who has to change the password at first sign-in. */
    public record FirstAdmin(String username, Optional<String> email, String password) {
        @Override
        public String toString() {
            return "FirstAdmin[" + username + "]";
        }
    }

    /** One OpenID Connect provider. */
    public record OidcProvider(
            String id,
            URI issuer,
            String clientId,
            Optional<String> clientSecret,
            String name,
            List<String> scopes,
            boolean autoRegister,
            String defaultRole) {
        @Override
        public String toString() {
            return "OidcProvider[" + id + "]";
        }
    }

    /** Lines for people, or one JSON object a line. */
    public enum LogFormat {
        TEXT,
        JSON
    }
}
