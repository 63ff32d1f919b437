package dev.latchkey.account;

import dev.latchkey.crypto.Hmac;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.Totp;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people prove themselves with besides the password: codes of an app, and backup codes for when it is lost. */
public final class SecondFactors {
    private static final int BACKUP_CODES = 10;
    /**
     * A step that was used, and is as far ahead as this: an hour. The clock must have been wrong then and was put right
     * since; else nobody could use an app before the clock is there again.
     */
    private static final long CLOCK_WAS_WRONG = Totp.STEPS_IN_AN_HOUR;

    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]+");
    private static final Pattern TOTP = Pattern.compile("[0-9]{" + Totp.DIGITS + "}");

    private final SecondFactorDao factors = new SecondFactorDao();
    private final BackupCodeDao codes = new BackupCodeDao();
    private final Totp totp = new Totp();
    private final Secrets secrets;
    private final Sealer sealer;
    private final byte[] codeKey;
    private final String instanceName;
    private final Clock clock;

    /** @param instanceName what apps show beside a code */
    public SecondFactors(Keys keys, Secrets secrets, String instanceName, Clock clock) {
        this.secrets = secrets;
        this.instanceName = instanceName;
        this.sealer = new Sealer(keys.derived("second factor"));
        this.codeKey = keys.derived("backup code");
        this.clock = clock;
    }

    /** Makes a secret that does not count before {@link #confirm}. @throws Problem 409 {@code second_factor_on} */
    Enrolment enroll(Sql sql, User user) {
        String secret = totp.newSecret();
        if (!factors.enroll(sql, user.id(), sealer.seal(secret), clock.instant())) {
            throw Problem.conflict("second_factor_on", "Two-step sign-in is on already. Switch it off first.");
        }
        return new Enrolment(secret, Totp.uri(instanceName, user.username(), secret));
    }

    /**
     * Lets the enrolled secret count from now on, and returns the first backup codes.
     *
     * @throws Problem 403 {@code wrong_code}, 409 {@code second_factor_off} when there is nothing to confirm
     */
    List<String> confirm(Sql sql, long userId, String code) {
        Instant now = clock.instant();
        String secret = factors.enrolled(sql, userId)
                .map(sealer::open)
                .orElseThrow(() -> Problem.conflict("second_factor_off", "Ask for a new QR code first."));
        boolean confirmed =
                Totp.steps(secret, plain(code), now).stream().anyMatch(step -> factors.confirm(sql, userId, step, now));
        if (!confirmed) {
            throw wrongCode();
        }
        return newBackupCodes(sql, userId);
    }

    /** Replaces all backup codes. */
    List<String> newBackupCodes(Sql sql, long userId) {
        codes.deleteAll(sql, userId);
        List<String> made = Stream.generate(secrets::backupCode)
                .distinct()
                .limit(BACKUP_CODES)
                .toList();
        made.forEach(code -> codes.insert(sql, userId, hmac(plain(code))));
        return made;
    }

    /** Takes everything away, codes and half-made secrets too; false when there was nothing. */
    boolean remove(Sql sql, long userId) {
        codes.deleteAll(sql, userId);
        return factors.delete(sql, userId);
    }

    /**
     * Uses up a code in the transaction of what it opens: one of the app, or a backup code. Each counts once, also at
     * the same moment, and with it all codes of the app that are older. Whoever calls this holds a turn of
     * {@link SignInDelays} and counts a wrong code there.
     *
     * @param code as typed: case, blanks and dashes do not matter
     * @return false when the code is wrong or used up, or there is no second factor
     */
    public boolean verify(Sql sql, long userId, String code) {
        String plain = plain(code);
        return TOTP.matcher(plain).matches()
                ? verifyTotp(sql, userId, plain)
                : codes.use(sql, userId, hmac(plain), clock.instant());
    }

    private boolean verifyTotp(Sql sql, long userId, String code) {
        return factors.confirmed(sql, userId).map(sealer::open).stream()
                .flatMap(secret -> Totp.steps(secret, code, clock.instant()).stream())
                .anyMatch(step -> factors.useStep(sql, userId, step, CLOCK_WAS_WRONG));
    }

    private static String plain(String typed) {
        return SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    }

    private String hmac(String code) {
        return Hmac.hex(codeKey, code);
    }

    static Problem wrongCode() {
        return Problem.forbidden("wrong_code", "This code is not right, or was used before.");
    }
}
