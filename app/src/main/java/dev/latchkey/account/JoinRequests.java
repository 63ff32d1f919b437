package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Requests to join: somebody asks by an invite, and a manager lets them in or turns them down. */
public final class JoinRequests {
    private final JoinRequestDao requests = new JoinRequestDao();
    private final UserDao users = new UserDao();
    private final Database database;
    private final Entrance entrance;
    private final EmailVerification verification;
    private final Audit audit;
    private final Outbox outbox;
    private final JoinRequestListener listener;
    private final Clock clock;

    public JoinRequests(
            Database database,
            Entrance entrance,
            EmailVerification verification,
            Audit audit,
            Outbox outbox,
            JoinRequestListener listener,
            Clock clock) {
        this.database = database;
        this.entrance = entrance;
        this.verification = verification;
        this.audit = audit;
        this.outbox = outbox;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Asks to join, uses the invite up, and tells those who may decide by mail; a refused request leaves the invite as
     * it was.
     *
     * @param site our own address, for links in mails
     * @return the id of the request, which waits for a decision
     * @throws Problem 400 {@code invite_invalid} or {@code invite_email_mismatch}, 403 {@code registration_closed}, 409
     *     {@code username_taken} or {@code email_taken}, 422
     */
    public long submit(Actor where, JoinForm form, String site) {
        entrance.requireNotClosed();
        Fields fields = new Fields().required("invite_token", form.inviteToken());
        PersonForm person = PersonRules.read(fields, form.person());
        fields.throwIfAny();
        long id = entrance.pass(
                person,
                sql -> admit(sql, form.inviteToken(), person),
                (sql, hash) -> insert(sql, where, form.inviteToken(), person, hash, site));
        listener.added(id);
        return id;
    }

    private InviteDao.Offer admit(Sql sql, String inviteToken, PersonForm person) {
        InviteDao.Offer offer = entrance.offer(sql, inviteToken, person);
        entrance.requireFree(sql, person);
        return offer;
    }

    private long insert(Sql sql, Actor where, String inviteToken, PersonForm person, String passwordHash, String site) {
        InviteDao.Offer offer = admit(sql, inviteToken, person);
        entrance.use(sql, offer);
        Instant now = clock.instant();
        long id = requests.insert(sql, person, passwordHash, offer, now);
        audit.record(sql, where, "join_request.create", new Target("join_request", id), null);
        for (User decider : users.deciders(sql, offer.grant(), now)) {
            outbox.add(sql, Mail.joinRequest(decider.email(), decider.nameInMails(), person.displayName(), site));
        }
        return id;
    }

    /** At most {@code limit} requests, newest first, with ids below {@code beforeId}; null means any status. */
    public List<JoinRequest> list(JoinRequest.Status status, long beforeId, int limit) {
        return database.read(sql -> requests.list(sql, status, beforeId, limit));
    }

    /**
     * Makes the account that was asked for, with what the invite granted, and tells the person by mail.
     *
     * @param granter the actor's role
     * @param site our own address, for links in mails
     * @throws Problem 404, 409 {@code already_decided}, 403 {@code role_too_high}
     */
    public User approve(Actor actor, Role granter, long id, String site) {
        User joined = database.write(sql -> {
            JoinRequestDao.Waiting waiting = find(sql, id);
            if (waiting.request().status() == JoinRequest.Status.PENDING
                    && !waiting.grant().mayComeFrom(granter)) {
                throw Invites.roleTooHigh();
            }
            decide(sql, actor, id, JoinRequest.Status.APPROVED);
            User user = create(sql, waiting);
            audit.record(sql, actor, "join_request.approve", new Target("join_request", id), "user " + user.id());
            if (user.email() != null) {
                outbox.add(sql, Mail.approved(user.email(), user.nameInMails(), user.username(), site));
            }
            verification.addressIsNew(sql, user, site);
            return user;
        });
        listener.decided(id, true);
        return joined;
    }

    private User create(Sql sql, JoinRequestDao.Waiting waiting) {
        JoinRequest request = waiting.request();
        PersonForm person = new PersonForm(request.username(), null, request.displayName(), request.email());
        entrance.requireFree(sql, person);
        long id = users.insertJoined(sql, person, waiting.grant(), waiting.passwordHash(), clock.instant(), null);
        return users.find(sql, id).orElseThrow();
    }

    /** Turns somebody down; their name is free again. @throws Problem 404, 409 {@code already_decided} */
    public void reject(Actor actor, long id) {
        database.run(sql -> {
            find(sql, id);
            decide(sql, actor, id, JoinRequest.Status.REJECTED);
            audit.record(sql, actor, "join_request.reject", new Target("join_request", id), null);
        });
        listener.decided(id, false);
    }

    private JoinRequestDao.Waiting find(Sql sql, long id) {
        return requests.find(sql, id).orElseThrow(() -> Problem.notFound("There is no such request to join."));
    }

    private void decide(Sql sql, Actor actor, long id, JoinRequest.Status decision) {
        if (!requests.decide(sql, id, decision, actor.userId(), clock.instant())) {
            throw Problem.conflict("already_decided", "Somebody has decided about this request already.");
        }
    }
}
