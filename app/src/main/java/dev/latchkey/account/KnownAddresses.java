package dev.latchkey.account;

import dev.latchkey.audit.Actor;
import dev.latchkey.config.AddressRange;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.mail.Mail;
import dev.latchkey.mail.Outbox;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Where people have signed in from; an IPv6 address counts as its /64, which is what one household gets. Sign-ins
 * from there are never delayed for 30 days, and one from elsewhere is told to the person by mail.
 */
public final class KnownAddresses {
    private static final Duration TRUSTED = Duration.ofDays(30);
    /** For how long a sign-in from there is nothing new. */
    private static final Duration KEPT = Duration.ofDays(365);

    private final KnownAddressDao dao = new KnownAddressDao();
    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    public KnownAddresses(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Whether the person has signed in from there within 30 days. */
    boolean isTrusted(Sql sql, long userId, Actor where, Instant now) {
        return dao.usedSince(sql, userId, network(where.ip()), now.minus(TRUSTED));
    }

    /** Notes a completed sign-in in its transaction; queues a mail when the person never signed in from there. */
    public void note(Sql sql, User user, Actor where) {
        String network = network(where.ip());
        boolean alarming = dao.hasAny(sql, user.id()) && !dao.has(sql, user.id(), network);
        dao.note(sql, user.id(), network, clock.instant());
        if (alarming && user.email() != null) {
            String what = "Somebody signed in to your account from the new address " + where.ip()
                    + ". If that was not you, change your password.";
            outbox.add(sql, Mail.alert(user.email(), user.nameInMails(), what));
        }
    }

    /** Forgets at most {@code limit} addresses that nobody came from for a year, and says how many. */
    public int sweep(int limit) {
        Instant old = clock.instant().minus(KEPT);
        return database.write(sql -> dao.deleteUnusedSince(sql, old, limit));
    }

    /** An IPv4 address as it is, of an IPv6 address the /64 that it lies in. */
    public static String network(String ip) {
        String address = ip.split("%", 2)[0]; // a link-local address names its interface
        return AddressRange.parseLiteral(address)
                .filter(parsed -> parsed.getAddress().length == 16)
                .map(KnownAddresses::slash64)
                .orElse(address);
    }

    private static String slash64(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
