package dev.latchkey.account;

import dev.latchkey.config.Config;
import dev.latchkey.error.Problem;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords are good enough: long enough, not among the 10,000 commonest, and not made of a name that everybody
 * knows. There are no rules of composition (NIST SP 800-63B, 5.1.1.2).
 */
public final class PasswordPolicy {
    private static final int MAX_LENGTH = 128;
    /** A shorter name occurs in good passwords by chance. */
    private static final int MIN_NAME = 5;

    private final int minLength;
    private final String instanceName;
    private final Optional<LeakedPasswords> leaked;

    public PasswordPolicy(Config.PasswordRules rules, String instanceName) {
        this.minLength = rules.minLength();
        this.instanceName = instanceName;
        this.leaked = rules.hibp() ? Optional.of(new LeakedPasswords(rules)) : Optional.empty();
    }

    /** Throws what {@link #judge} finds. @throws Problem {@code password_refused} with every reason */
    public void require(String password, String username, String email) {
        List<String> reasons = judge(password, username, email);
        if (!reasons.isEmpty()) {
            throw Problem.passwordRefused(reasons);
        }
    }

    /**
     * Everything that is wrong with {@code password}, each as a sentence. Where {@code password.hibp} is on and nothing
     * else is wrong, a service is asked, which may take two seconds: call it outside of transactions and locks.
     *
     * @param username may be null, as may {@code email}
     */
    public List<String> judge(String password, String username, String email) {
        List<String> reasons = reasons(password, username, email);
        if (reasons.isEmpty() && leaked.filter(list -> list.contain(password)).isPresent()) {
            return List.of("This password has turned up in a data leak.");
        }
        return reasons;
    }

    /** What can be said without asking anybody; lengths count code points after NFKC. */
    List<String> reasons(String password, String username, String email) {
        String normal = normal(password);
        int length = length(password);
        List<String> reasons = new ArrayList<>();
        add(reasons, length < minLength, "The password needs at least " + minLength + " characters.");
        add(reasons, length > MAX_LENGTH, "The password may have at most " + MAX_LENGTH + " characters.");
        add(reasons, hasLoneSurrogate(password), "The password contains half a character.");
        add(reasons, CommonPasswords.contain(normal), "This is one of the most common passwords.");
        add(reasons, tells(normal, username), "The password must not contain the username.");
        add(reasons, tells(normal, localPart(email)), "The password must not contain the name in the e-mail address.");
        add(reasons, tells(normal, instanceName), "The password must not contain the name of this library.");
        return reasons;
    }

    /** Not of the lower case, which is longer for some letters. */
    private static int length(String password) {
        String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
        return normal.codePointCount(0, normal.length());
    }

    private static void add(List<String> reasons, boolean applies, String reason) {
        if (applies) {
            reasons.add(reason);
        }
    }

    private static boolean tells(String password, String name) {
        if (name == null || name.isBlank()) {
            return false;
        }
        String known = normal(name);
        boolean longEnough = known.codePointCount(0, known.length()) >= MIN_NAME;
        return password.equals(known) || longEnough && password.contains(known);
    }

    private static String localPart(String email) {
        return email == null ? null : email.substring(0, Math.max(0, email.indexOf('@')));
    }

    /** Half a pair would be hashed as a question mark, and so would every other half. */
    private static boolean hasLoneSurrogate(String password) {
        return password.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
