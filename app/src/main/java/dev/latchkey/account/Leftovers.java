package dev.latchkey.account;

import dev.latchkey.db.Database;
import dev.latchkey.mail.MailDao;
import java.time.Clock;
import java.time.Duration;

/**
 * What stays behind when people have joined, links were followed and mails were sent. Each method forgets some of it,
 * the oldest first, in one short transaction, and says how many rows that were: none when there is nothing left to do.
 */
public final class Leftovers {
    /** Who came in by which invite can be looked up for this long. */
    private static final Duration JOINING_KEPT = Duration.ofDays(90);

    private static final Duration LINKS_KEPT = Duration.ofDays(1);
    private static final Duration MAILS_KEPT = Duration.ofDays(30);

    private final InviteDao invites = new InviteDao();
    private final JoinRequestDao requests = new JoinRequestDao();
    private final OneTimeLinkDao links = new OneTimeLinkDao();
    private final MailDao mails = new MailDao();
    private final Database database;
    private final Clock clock;

    public Leftovers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Forgets at most {@code limit} invites that were used or expired 90 days ago; requests made with them stay. */
    public int sweepInvites(int limit) {
        return database.write(sql -> invites.deleteEnded(sql, clock.instant().minus(JOINING_KEPT), limit));
    }

    /** Forgets at most {@code limit} requests to join that were decided 90 days ago. */
    public int sweepJoinRequests(int limit) {
        return database.write(sql -> requests.deleteDecided(sql, clock.instant().minus(JOINING_KEPT), limit));
    }

    /** Forgets at most {@code limit} one-time links, used or not, that stopped working a day ago. */
    public int sweepLinks(int limit) {
        return database.write(sql -> links.deleteEnded(sql, clock.instant().minus(LINKS_KEPT), limit));
    }

    /** Forgets at most {@code limit} mails of 30 days ago that were sent, or that cannot be. */
    public int sweepMails(int limit) {
        return database.write(sql -> mails.deleteDone(sql, clock.instant().minus(MAILS_KEPT), limit));
    }
}
