package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Passwords;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** Requests to join: somebody asks by an invite, and a manager lets them in or turns them down. */
public final class JoinRequests {
    private final JoinRequestDao requests = new JoinRequestDao();
    private final InviteDao invites = new InviteDao();
    private final UserDao users = new UserDao();
    private final Names names = new Names();
    private final ReentrantLock turn = new ReentrantLock();
    private final Database database;
    private final Audit audit;
    private final Instance instance;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final Clock clock;

    public JoinRequests(
            Database database,
            Audit audit,
            Instance instance,
            PasswordPolicy policy,
            Passwords passwords,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.instance = instance;
        this.policy = policy;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * Asks to join, and uses the invite up; a refused request leaves it as it was. Requests take turns, so that the
     * losers of a race for a name or an invite are told so without having their passwords hashed.
     *
     * @return the id of the request, which waits for a decision
     * @throws Problem 400 {@code invite_invalid} or {@code invite_email_mismatch}, 409 {@code username_taken} or
     *     {@code email_taken}, 422
     */
    public long submit(Actor where, JoinForm form) {
        instance.requireShared();
        Fields fields = new Fields().required("invite_token", form.inviteToken());
        PersonForm person = PersonRules.read(fields, form.person());
        fields.throwIfAny();
        String tokenHash = Secrets.hash(form.inviteToken());
        database.read(sql -> admit(sql, tokenHash, person));
        policy.require(person.password(), person.username(), person.email());
        turn.lock();
        try {
            database.read(sql -> admit(sql, tokenHash, person)); // somebody may have been first meanwhile
            return insert(where, tokenHash, person, passwords.hash(person.password()));
        } finally {
            turn.unlock();
        }
    }

    private long insert(Actor where, String tokenHash, PersonForm person, String passwordHash) {
        return database.write(sql -> {
            InviteDao.Offer offer = admit(sql, tokenHash, person);
            Instant now = clock.instant();
            if (!invites.consume(sql, offer.id(), now)) {
                throw inviteInvalid();
            }
            long id = requests.insert(sql, person, passwordHash, offer, now);
            audit.record(sql, where, "join_request.create", new Target("join_request", id), null);
            return id;
        });
    }

    private InviteDao.Offer admit(Sql sql, String tokenHash, PersonForm person) {
        InviteDao.Offer offer =
                invites.findOpen(sql, tokenHash, clock.instant()).orElseThrow(JoinRequests::inviteInvalid);
        String invited = Usernames.emailKey(offer.email());
        if (invited != null && !Objects.equals(invited, Usernames.emailKey(person.email()))) {
            throw Problem.of(
                    Problem.Kind.BAD_REQUEST,
                    "invite_email_mismatch",
                    "This invite is for another e-mail address. Use the one that it was sent to.");
        }
        names.requireFreeUsername(sql, person.username());
        names.requireFreeEmail(sql, person.email());
        return offer;
    }

    private static Problem inviteInvalid() {
        return Problem.of(
                Problem.Kind.BAD_REQUEST,
                "invite_invalid",
                "This invite does not work: it may be used, expired or mistyped. Ask for a new one.");
    }

    /** At most {@code limit} requests, newest first, with ids below {@code beforeId}; null means any status. */
    public List<JoinRequest> list(JoinRequest.Status status, long beforeId, int limit) {
        return database.read(sql -> requests.list(sql, status, beforeId, limit));
    }

    /**
     * Makes the account that was asked for, with what the invite granted.
     *
     * @param granter the actor's role
     * @throws Problem 404, 409 {@code already_decided}, 403 {@code role_too_high}
     */
    public User approve(Actor actor, Role granter, long id) {
        return database.write(sql -> {
            JoinRequestDao.Waiting waiting = find(sql, id);
            if (waiting.request().status() == JoinRequest.Status.PENDING
                    && !waiting.grant().mayComeFrom(granter)) {
                throw Invites.roleTooHigh();
            }
            decide(sql, actor, id, JoinRequest.Status.APPROVED);
            names.requireFreeUsername(sql, waiting.request().username());
            names.requireFreeEmail(sql, waiting.request().email());
            long user = users.insertJoined(
                    sql, waiting.request(), waiting.grant(), waiting.passwordHash(), clock.instant());
            audit.record(sql, actor, "join_request.approve", new Target("join_request", id), "user " + user);
            return users.find(sql, user).orElseThrow();
        });
    }

    /** Turns somebody down; their name is free again. @throws Problem 404, 409 {@code already_decided} */
    public void reject(Actor actor, long id) {
        database.run(sql -> {
            find(sql, id);
            decide(sql, actor, id, JoinRequest.Status.REJECTED);
            audit.record(sql, actor, "join_request.reject", new Target("join_request", id), null);
        });
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
