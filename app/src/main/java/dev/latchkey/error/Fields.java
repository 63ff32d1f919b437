package dev.latchkey.error;

import dev.latchkey.error.Problem.FieldError;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects everything that is wrong with a request's fields, so that its sender hears it all at once. */
public final class Fields {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>()\"]{1,64}@[^\\s@,;<>()\"]{1,190}");

    private final List<FieldError> errors = new ArrayList<>();

    /** Adds {@code message} for {@code field} unless {@code holds}. */
    public Fields check(boolean holds, String field, String message) {
        if (!holds) {
            errors.add(new FieldError(field, message));
        }
        return this;
    }

    /** Checks that {@code value} was sent. */
    public Fields required(String field, Object value) {
        return check(value != null, field, "is required");
    }

    /**
     * Text in NFC, trimmed, of at most {@code maxLength} characters on one line; null for null or blank. Control
     * characters and broken surrogate pairs are refused.
     */
    public String line(String field, String value, int maxLength) {
        return text(field, value, maxLength, false);
    }

    /** As {@link #line}, but line breaks and tabs are allowed. */
    public String paragraph(String field, String value, int maxLength) {
        return text(field, value, maxLength, true);
    }

    private String text(String field, String value, int maxLength, boolean multiline) {
        if (value == null) {
            return null;
        }
        String text = Normalizer.normalize(value, Normalizer.Form.NFC).strip();
        check(text.length() <= maxLength, field, "must have at most " + maxLength + " characters");
        check(isPrintable(text, multiline), field, "must not contain control characters");
        return text.isEmpty() ? null : text;
    }

    /** An e-mail address that could be delivered to, or null for null or blank. */
    public String email(String field, String value) {
        String email = line(field, value, 254);
        check(email == null || EMAIL.matcher(email).matches(), field, "must be an e-mail address");
        return email;
    }

    /** @throws Problem {@code invalid_fields} when anything was wrong */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors);
        }
    }

    /** Whether every code point is a character that may stand in text: no controls, no lone surrogates. */
    public static boolean isPrintable(String text, boolean multiline) {
        return text.codePoints().noneMatch(c -> {
            boolean lineBreak = c == '\n' || c == '\r' || c == '\t';
            return Character.isISOControl(c) && !(multiline && lineBreak)
                    || Character.getType(c) == Character.SURROGATE;
        });
    }
}
