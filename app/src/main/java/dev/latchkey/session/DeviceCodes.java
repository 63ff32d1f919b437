package dev.latchkey.session;

import dev.latchkey.account.Instance;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.crypto.Hmac;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Fields;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Sign-ins of devices that have no good keyboard or browser (RFC 8628): the device shows a short code, somebody who is
 * signed in elsewhere types it and approves, and the device gets tokens of that person. A code lives ten minutes and
 * is good for one decision and one pair of tokens.
 */
public final class DeviceCodes {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration SLOWEST = Duration.ofMinutes(1);
    /** A poll may come that much early: networks do not keep time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    /** For how long an ended code is told from one that never was. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int MAX_PENDING_PER_ADDRESS = 100;
    private static final int MAX_CLIENT_NAME = 100;
    private static final Pattern USER_CODE = Pattern.compile("[" + Secrets.CONSONANTS + "]{8}");

    private final DeviceCodeDao dao = new DeviceCodeDao();
    private final Database database;
    private final Instance instance;
    private final Proofs proofs;
    private final Families families;
    private final Audit audit;
    private final Secrets secrets;
    private final byte[] key;
    private final Clock clock;

    /** @param key what user codes are stored under */
    public DeviceCodes(
            Database database,
            Instance instance,
            Proofs proofs,
            Families families,
            Audit audit,
            Secrets secrets,
            byte[] key,
            Clock clock) {
        this.database = database;
        this.instance = instance;
        this.proofs = proofs;
        this.families = families;
        this.audit = audit;
        this.secrets = secrets;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Lets a device wait for somebody who approves it.
     *
     * @param clientName what it calls itself, or null
     * @throws Problem 422 for a name that is none; 429 {@code rate_limited} when many wait at that address already; 403
     *     {@code setup_required} before there are accounts
     */
    public StartedDevice start(Actor where, String clientName) {
        instance.requireShared();
        Fields fields = new Fields();
        String name = fields.line("client_name", clientName, MAX_CLIENT_NAME);
        fields.throwIfAny();
        String deviceCode = secrets.token(Secrets.Prefix.DEVICE_CODE);
        String userCode = database.write(sql -> insert(sql, where, name, Secrets.hash(deviceCode)));
        String shown = userCode.substring(0, 4) + "-" + userCode.substring(4);
        return new StartedDevice(deviceCode, shown, LIFE, INTERVAL);
    }

    private String insert(Sql sql, Actor where, String name, String deviceHash) {
        Instant now = clock.instant();
        if (dao.countPending(sql, where.ip(), now) >= MAX_PENDING_PER_ADDRESS) {
            throw Problem.rateLimited(LIFE);
        }
        String userCode = secrets.userCode();
        while (!dao.insert(sql, deviceHash, hmac(userCode), name, where, now, now.plus(LIFE))) {
            userCode = secrets.userCode();
        }
        return userCode;
    }

    /** What waits behind a user code, however it is typed. @throws Problem 404 unless it waits for a decision */
    public WaitingDevice look(String typed) {
        String hmac = typed(typed);
        return database.read(sql -> dao.findPending(sql, hmac, clock.instant())).orElseThrow(DeviceCodes::unknown);
    }

    /** Lets a device in as {@code caller}. @throws Problem 404 unless it waits for a decision */
    public void approve(Caller caller, String typed) {
        decide(caller, typed, DeviceCodeDao.State.APPROVED, "device.approve");
    }

    /** Turns a device away. @throws Problem 404 unless it waits for a decision */
    public void deny(Caller caller, String typed) {
        decide(caller, typed, DeviceCodeDao.State.DENIED, "device.deny");
    }

    private void decide(Caller caller, String typed, DeviceCodeDao.State decision, String action) {
        String hmac = typed(typed);
        database.run(sql -> {
            WaitingDevice device = dao.decide(sql, hmac, decision, caller.user(), clock.instant())
                    .orElseThrow(DeviceCodes::unknown);
            Target target = new Target("device", device.id());
            audit.record(sql, caller.actor(), action, target, device.clientName());
        });
    }

    /**
     * What has become of a device code, asked by the device.
     *
     * @param where the address and user agent of the device
     * @return tokens of whoever approved it, once
     * @throws Problem 400 {@code authorization_pending}, {@code slow_down}, {@code access_denied}, {@code expired_token},
     *     or {@code invalid_grant} for a code that is unknown or used
     */
    public TokenPair poll(Actor where, String deviceCode) {
        instance.requireShared();
        if (!Secrets.Prefix.DEVICE_CODE.fits(deviceCode)) {
            throw invalidGrant();
        }
        String hash = Secrets.hash(deviceCode);
        Supplier<TokenPair> outcome = database.write(sql -> poll(sql, where, hash));
        return outcome.get();
    }

    private Supplier<TokenPair> poll(Sql sql, Actor where, String hash) {
        DeviceCodeDao.Polled device = dao.find(sql, hash).orElseThrow(DeviceCodes::invalidGrant);
        if (device.state() == DeviceCodeDao.State.USED) {
            throw invalidGrant();
        }
        if (device.state() == DeviceCodeDao.State.DENIED) {
            throw denied();
        }
        Instant now = clock.instant();
        if (!now.isBefore(device.expiresAt())) {
            throw refusal("expired_token", "Nobody approved the code in time. Ask for a new one.");
        }
        return device.state() == DeviceCodeDao.State.PENDING
                ? Proofs.refusal(waiting(sql, device, now))
                : open(sql, where, device, now);
    }

    /** Notes a poll that came too early or in vain, and says which. */
    private Problem waiting(Sql sql, DeviceCodeDao.Polled device, Instant now) {
        Instant due = device.polledAt() == null
                ? now
                : device.polledAt().plus(device.interval()).minus(TOLERANCE);
        if (!now.isBefore(due)) {
            dao.notePoll(sql, device.id(), device.interval(), now);
            return refusal("authorization_pending", "Nobody has decided about the code yet.");
        }
        Duration slower = device.interval().plus(SLOWER);
        dao.notePoll(sql, device.id(), slower.compareTo(SLOWEST) < 0 ? slower : SLOWEST, now);
        return refusal("slow_down", "Ask less often: add five seconds to the interval.");
    }

    private Supplier<TokenPair> open(Sql sql, Actor where, DeviceCodeDao.Polled device, Instant now) {
        long userId = dao.use(sql, device.id(), now).orElseThrow(DeviceCodes::denied);
        TokenPair tokens =
                proofs.welcome(sql, where, userId, (same, user) -> open(same, where, user, device.clientName()));
        return () -> {
            proofs.done(userId);
            return tokens;
        };
    }

    private TokenPair open(Sql sql, Actor where, User user, String clientName) {
        Actor owner = new Actor(user.id(), where.ip(), where.userAgent());
        StartedFamily family = families.start(sql, user, owner, Origin.DEVICE, clientName);
        audit.record(sql, owner, "session.login", new Target("family", family.id()), "approved on another device");
        return family.tokens();
    }

    /** The HMAC of what somebody typed, in any case, with blanks and dashes or without. */
    private String typed(String typed) {
        String code = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (!USER_CODE.matcher(code).matches()) {
            throw unknown();
        }
        return hmac(code);
    }

    private String hmac(String userCode) {
        return Hmac.hex(key, userCode);
    }

    private static Problem unknown() {
        return Problem.notFound("No device waits with this code. It may be mistyped, too old, or decided already.");
    }

    private static Problem denied() {
        return refusal("access_denied", "The sign-in was turned down.");
    }

    private static Problem invalidGrant() {
        return refusal("invalid_grant", "The device code is unknown or was used.");
    }

    private static Problem refusal(String error, String detail) {
        return Problem.of(Problem.Kind.BAD_REQUEST, error, detail);
    }

    /** Forgets at most {@code limit} codes that ended a day ago, and says how many. */
    public int sweepExpired(int limit) {
        return database.write(sql -> dao.deleteExpired(sql, clock.instant().minus(KEPT), limit));
    }
}
