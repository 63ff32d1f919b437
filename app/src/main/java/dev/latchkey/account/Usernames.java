package dev.latchkey.account;

import dev.latchkey.error.Fields;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for the names that people sign in with. */
final class Usernames {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Usernames() {}

    /** The username as it is stored: in lower case, so that it is unique without regard to case. */
    static String read(Fields fields, String field, String value) {
        fields.required(field, value);
        if (value == null) {
            return null;
        }
        fields.check(
                USERNAME.matcher(value).matches(), field, "must be 1 to 64 letters (a to z), digits, dots, _ or -");
        return value.toLowerCase(Locale.ROOT);
    }

    /** What makes an e-mail address unique, or null for none: the address without regard to case. */
    static String emailKey(String email) {
        return email == null ? null : email.toLowerCase(Locale.ROOT);
    }

    /**
     * What a display name is looked for by, so that case does not matter in any script: "ß" is found as "SS", and a
     * sigma at the end of a word as any other. Every letter is folded by itself, so that a part of a name folds to a
     * part of its key.
     */
    static String displayNameKey(String name) {
        StringBuilder key = new StringBuilder();
        name.toUpperCase(Locale.ROOT).codePoints().map(Character::toLowerCase).forEach(key::appendCodePoint);
        return key.toString();
    }

    /** What somebody typed to sign in, in the shape of a stored username or {@link #emailKey}. */
    static String typed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a typed name is an e-mail address: usernames never contain an @. */
    static boolean isEmail(String typed) {
        return typed.indexOf('@') >= 0;
    }
}
