package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;

/** Guests, as managers let them in: accounts that may look, and need no password. */
public final class Guests {
    private static final int MAX_NAME = 100;
    /** Of the name in the username, so that there is room for what makes it unique. */
    private static final int MAX_SLUG = 40;

    private static final int PLAIN_TRIES = 9;

    private final UserDao users = new UserDao();
    private final UserAdminDao dao = new UserAdminDao();
    private final Names names = new Names();
    private final Audit audit;
    private final Secrets secrets;
    private final Clock clock;

    public Guests(Audit audit, Secrets secrets, Clock clock) {
        this.audit = audit;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The name of a guest as it is stored, or null for none; what is wrong with it is added to {@code fields}. */
    public static String name(Fields fields, String field, String value) {
        return fields.line(field, value, MAX_NAME);
    }

    /** The guest of that id. @throws Problem 422 {@code not_a_guest} for everybody else, and for nobody */
    public User require(Sql sql, long id) {
        return users.find(sql, id)
                .filter(user -> user.role() == Role.GUEST && user.mayActAt(clock.instant()))
                .orElseThrow(() -> Problem.of(
                        Problem.Kind.UNPROCESSABLE,
                        "not_a_guest",
                        "This is not the account of a guest who may sign in. Join codes are for guests only."));
    }

    /** Makes a guest of this name, with a username made from it and no password. */
    public User make(Sql sql, Actor actor, String name) {
        PersonForm person = new PersonForm(freeUsername(sql, name), null, name, null);
        long id = dao.insert(sql, person, Role.GUEST, null, clock.instant());
        audit.record(sql, actor, "user.create", new Target("user", id), "as guest");
        return users.find(sql, id).orElseThrow();
    }

    /** {@code guest-grace}, {@code guest-grace-2} and so on; at last with random letters, whatever was tried. */
    private String freeUsername(Sql sql, String name) {
        String base = "guest" + slug(name);
        for (int i = 1; i <= PLAIN_TRIES; i++) {
            String username = i == 1 ? base : base + "-" + i;
            if (names.isFreeUsername(sql, username)) {
                return username;
            }
        }
        String letters = secrets.joinCode().toLowerCase(Locale.ROOT);
        String username = base + "-" + letters;
        names.requireFreeUsername(sql, username);
        return username;
    }

    /** The letters and digits of a name that a username may have, behind a dash; nothing when it has none. */
    private static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String slug = plain.substring(0, Math.min(plain.length(), MAX_SLUG));
        return slug.isEmpty() ? "" : "-" + slug.replaceAll("-+$", "");
    }
}
