package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Links that let one person each ask to join. */
public final class Invites {
    private final InviteDao invites = new InviteDao();
    private final UserDao users = new UserDao();
    private final Database database;
    private final Entrance entrance;
    private final Audit audit;
    private final Outbox outbox;
    private final Secrets secrets;
    private final Duration usualTtl;
    private final Clock clock;

    /** @param usualTtl how long an invite works when its maker does not say */
    public Invites(
            Database database,
            Entrance entrance,
            Audit audit,
            Outbox outbox,
            Secrets secrets,
            Duration usualTtl,
            Clock clock) {
        this.database = database;
        this.entrance = entrance;
        this.audit = audit;
        this.outbox = outbox;
        this.secrets = secrets;
        this.usualTtl = usualTtl;
        this.clock = clock;
    }

    /**
     * Makes an invite, and mails it to the address that it is for, where there is one.
     *
     * @param granter the actor's role
     * @param site our own address, for the link
     * @throws Problem 403 {@code role_too_high} when a manager grants more than member, 403 {@code registration_closed},
     *     422 {@code invalid_fields}
     */
    public CreatedInvite create(Actor actor, Role granter, InviteForm wanted, String site) {
        entrance.requireNotClosed();
        InviteForm form = wanted.checked();
        if (!form.grant().mayComeFrom(granter)) {
            throw roleTooHigh();
        }
        String token = secrets.token(Secrets.Prefix.INVITE);
        String url = site + "/join#invite=" + token;
        Instant now = clock.instant();
        Instant expiresAt = now.plus(form.ttl(usualTtl));
        long id = database.write(sql -> {
            long made = invites.insert(sql, form, Secrets.hash(token), actor.userId(), now, expiresAt);
            audit.record(
                    sql,
                    actor,
                    "invite.create",
                    new Target("invite", made),
                    "as " + form.role().text());
            mail(sql, actor, form.email(), url, expiresAt);
            return made;
        });
        return new CreatedInvite(id, token, url, expiresAt);
    }

    private void mail(Sql sql, Actor actor, String email, String url, Instant until) {
        if (email != null) {
            String inviter = users.find(sql, actor.userId()).orElseThrow().displayName();
            outbox.add(sql, Mail.invite(email, inviter, url, until));
        }
    }

    static Problem roleTooHigh() {
        return Problem.forbidden("role_too_high", "Only an admin can let somebody in as manager or admin.");
    }

    /** At most {@code limit} invites, newest first, with ids below {@code beforeId}. */
    public List<Invite> list(long beforeId, int limit) {
        return database.read(sql -> invites.list(sql, beforeId, limit, clock.instant()));
    }

    /** Takes an invite back; a request to join that was made with it stays. @throws Problem 404 */
    public void delete(Actor actor, long id) {
        database.run(sql -> {
            if (!invites.delete(sql, id)) {
                throw Problem.notFound("There is no such invite.");
            }
            audit.record(sql, actor, "invite.delete", new Target("invite", id), null);
        });
    }
}
