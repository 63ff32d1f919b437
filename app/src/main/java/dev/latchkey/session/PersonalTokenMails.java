package dev.latchkey.session;

import dev.latchkey.account.User;
import dev.latchkey.db.Sql;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What people are told by mail about their personal access tokens. */
final class PersonalTokenMails {
    /** How long before the end of a token its owner is told. */
    static final Duration AHEAD = Duration.ofDays(7);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Outbox outbox;

    PersonalTokenMails(Outbox outbox) {
        this.outbox = outbox;
    }

    /** So that nobody keeps a way in that its victim does not know of. */
    void made(Sql sql, Caller maker, PersonalToken token) {
        User user = maker.user();
        if (user.email() != null) {
            String what = "A personal access token, " + called(token.name(), token.prefix(), user.nameInMails())
                    + ", was made for your account from " + maker.actor().ip() + ". It may do this: "
                    + Scope.join(token.scopes()) + ". It " + end(token.expiresAt())
                    + ". If that was not you, revoke the token and change your password.";
            outbox.add(sql, Mail.alert(user.email(), user.nameInMails(), what));
        }
    }

    /** What people call a token is not for the eyes of a stranger either. */
    private static String called(String name, String prefix, String reader) {
        return reader == null ? prefix + "…" : "\"" + name + "\" (" + prefix + "…)";
    }

    private static String end(Instant expiresAt) {
        return expiresAt == null ? "does not expire" : "works until " + DAY.format(expiresAt);
    }

    void endsSoon(Sql sql, PersonalTokenDao.Ending token) {
        String what = "Your personal access token " + called(token.name(), token.prefix(), token.ownerName())
                + " stops working on " + DAY.format(token.expiresAt())
                + ". Programs that still need it want a new one before that day.";
        outbox.add(sql, Mail.alert(token.email(), token.ownerName(), what));
    }
}
