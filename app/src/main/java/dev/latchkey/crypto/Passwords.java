package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mindrot.jbcrypt.BCrypt;

/**
 * Hashes passwords as {@code bcrypt(base64(HMAC-SHA-384(pepper, NFKC(password))))}. The HMAC gives bcrypt 64 characters
 * whatever the password is, so that neither its 72-byte end nor a NUL byte cuts anything off; the pepper makes a stolen
 * database useless on its own. Hashes carry the name of the scheme, so that it can change at the next sign-in.
 */
public final class Passwords {
    private static final String SCHEME = "hmac-sha384-bcrypt:";
    private static final Pattern STORED =
            Pattern.compile(SCHEME + "(\\$2a\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53})");

    private final byte[] pepper;
    private final int cost;
    private final HashingPool pool;
    private final String nobody;

    /** @param cost the bcrypt cost of new hashes, 4 to 31 */
    public Passwords(byte[] pepper, int cost, HashingPool pool) {
        this.pepper = pepper.clone();
        this.cost = cost;
        this.pool = pool;
        this.nobody = SCHEME + nobody(cost);
    }

    private static String nobody(int cost) {
        return "$2a$" + (cost < 10 ? "0" : "") + cost + "$" + ".".repeat(53);
    }

    /** The stored form of {@code password}. @throws dev.latchkey.error.Problem {@code busy} when too many wait */
    public String hash(String password) {
        return pool.run(() -> SCHEME + BCrypt.hashpw(digest(password), BCrypt.gensalt(cost)));
    }

    /**
     * Whether {@code password} belongs to {@code stored}. Costs one hash in every case: with null (nobody of that
     * name, or somebody without a password) and with a malformed hash the answer is no, after the same work. A hash from
     * before the cost was raised takes as much work as one of now.
     *
     * @throws dev.latchkey.error.Problem {@code busy} when too many wait
     */
    public boolean matches(String password, String stored) {
        Matcher known = STORED.matcher(stored == null ? nobody : stored);
        boolean usable = known.matches();
        String bcrypt = usable ? known.group(1) : nobody.substring(SCHEME.length());
        return pool.run(() -> compare(digest(password), bcrypt)) && usable && stored != null;
    }

    private boolean compare(String digest, String bcrypt) {
        boolean same = BCrypt.checkpw(digest, bcrypt);
        makingUpFor(Integer.parseInt(bcrypt.substring(4, 6)), cost)
                .forEach(lower -> BCrypt.checkpw(digest, nobody(lower)));
        return same;
    }

    /** The costs of further hashes after one of {@code done}, so that all are the work of one of {@code wanted}. */
    static IntStream makingUpFor(int done, int wanted) {
        return IntStream.range(done, wanted); // a cost of n is 2^n rounds, and 2^a + 2^a + 2^(a+1) + … + 2^(b-1) = 2^b
    }

    /** Whether {@code stored} was made by another scheme or cost than new hashes are. */
    public boolean isOutdated(String stored) {
        Matcher known = STORED.matcher(stored);
        return !known.matches() || Integer.parseInt(known.group(2)) != cost;
    }

    private String digest(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA384");
            mac.init(new SecretKeySpec(pepper, "HmacSHA384"));
            String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
            return Base64.getEncoder().encodeToString(mac.doFinal(normal.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
