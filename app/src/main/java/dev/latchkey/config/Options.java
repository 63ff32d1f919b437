package dev.latchkey.config;

import static dev.latchkey.config.Option.of;
import static dev.latchkey.config.Option.secret;

import java.util.List;

/** The table of all keys; the example file, the documentation and the loader are made from it. */
final class Options {
    static final List<Option> ALL = List.of(
            of("listen", "0.0.0.0:5397", "Address and port: [::]:5397, 127.0.0.1:5397; port 0 takes any free one."),
            of("data_dir", "data", "Folder of the database, the files and the keys; no network drive."),
            of("instance_name", "Latchkey", "What pages and mails call this library."),
            of("public_url", "", "Address people reach it at, e.g. https://library.example.org; used in links."),
            of("allowed_hosts", "", "More host names to answer to, separated by commas."),
            of("trusted_proxies", "", "Proxies whose forwarded headers count: addresses or CIDR, by commas."),
            of("cors_origins", "", "Other web origins that may read the API with a token, by commas."),
            of("local.open_to_lan", "false", "Before setup: also open to private addresses, without a login."),
            of("registration", "invite", "Who may make an account: closed, invite or open."),
            of("session.idle_days", "30", "A sign-in ends after this many days without use."),
            of("session.max_days", "90", "A sign-in ends after this many days in any case."),
            of("access_token.minutes", "15", "Life of a short access token."),
            of("refresh.grace_seconds", "10", "How long a refresh token answers the same again."),
            of("invite.ttl_hours", "72", "Life of an invite."),
            of("join_code.ttl_hours", "8", "Life of a join code."),
            of("password.min_length", "8", "Shortest password, 8 to 64 characters."),
            of("password.bcrypt_cost", "10", "Cost of password hashing, 10 to 16; one more doubles the time."),
            of("password.hibp", "false", "Refuse passwords known to have leaked (asks password.hibp_url)."),
            of("password.hibp_url", "https://api.pwnedpasswords.com/range/", "Range query for leaked passwords."),
            of("throttle.factor", "1", "Multiplies every attempt budget; 0 turns throttling off."),
            of("upload.max_bytes", "10GiB", "Largest file; 500MB and 10GiB are understood."),
            of("storage.reserve_bytes", "1GiB", "Uploads stop when the disk has less than this left."),
            of("trash.days", "30", "Deleted files can come back for this many days."),
            of("email.verification", "false", "Ask people to confirm their e-mail address."),
            of("smtp.host", "", "Mail server; empty prints mail to the log."),
            of("smtp.port", "587", "Port of the mail server: 587 for starttls, 465 for tls, 25 for none."),
            of("smtp.username", "", "User at the mail server; empty where it asks for none."),
            secret("smtp.password", "Password at the mail server."),
            of("smtp.from", "", "Sender of mails, needed with smtp.host: library@example.org."),
            of("smtp.tls", "starttls", "starttls (required, never skipped), tls or none."),
            of("admin.username", "", "Makes the first admin at start, with admin.password."),
            of("admin.email", "", "E-mail address of that admin."),
            secret("admin.password", "First password of that admin, to be changed at first sign-in."),
            of("audit.retain_days", "365", "How long the audit log is kept."),
            of("log.format", "text", "text or json."));

    /** Keys of one OpenID Connect provider, written {@code oidc.ID.issuer} and so on. */
    static final List<Option> OIDC = List.of(
            of("issuer", "", "Address of the provider; google and microsoft know theirs."),
            of("client_id", "", "Client id from the provider."),
            secret("client_secret", "Client secret from the provider."),
            of("name", "", "What the sign-in button says."),
            of("scopes", "openid profile email", "Scopes to ask for, by blanks."),
            of("auto_register", "false", "Make an account at first sign-in."),
            of("default_role", "member", "Role of such an account: guest or member."));

    private Options() {}
}
