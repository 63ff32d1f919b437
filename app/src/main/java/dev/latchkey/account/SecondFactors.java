package dev.latchkey.account;

import dev.latchkey.crypto.Hmac;
import dev.latchkey.crypto.Keys;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Totp;
import dev.latchkey.db.Sql;
import java.time.Clock;
import java.util.Locale;
import java.util.regex.Pattern;

/** What people prove themselves with besides the password: codes of an app, and backup codes for when it is lost. */
public final class SecondFactors {
    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]+");
    private static final Pattern TOTP = Pattern.compile("[0-9]{" + Totp.DIGITS + "}");

    private final SecondFactorDao factors = new SecondFactorDao();
    private final BackupCodeDao codes = new BackupCodeDao();
    private final Sealer sealer;
    private final byte[] codeKey;
    private final Clock clock;

    public SecondFactors(Keys keys, Clock clock) {
        this.sealer = new Sealer(keys.derived("second factor"));
        this.codeKey = keys.derived("backup code");
        this.clock = clock;
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
        String plain = SEPARATORS.matcher(code).replaceAll("").toUpperCase(Locale.ROOT);
        return TOTP.matcher(plain).matches()
                ? verifyTotp(sql, userId, plain)
                : codes.use(sql, userId, Hmac.hex(codeKey, plain), clock.instant());
    }

    private boolean verifyTotp(Sql sql, long userId, String code) {
        return factors.confirmed(sql, userId).map(sealer::open).stream()
                .flatMap(secret -> Totp.steps(secret, code, clock.instant()).stream())
                .anyMatch(step -> factors.useStep(sql, userId, step));
    }
}
