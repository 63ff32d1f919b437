package dev.latchkey.session;

import dev.latchkey.error.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks of a personal access token.
 *
 * @param expiresInDays null takes the default, empty means never
 * @param scopes null takes the default
 */
public record PersonalTokenForm(String name, Optional<Long> expiresInDays, List<String> scopes) {
    private static final int MAX_NAME = 100;
    private static final long MAX_DAYS = 3650;
    private static final long USUAL_DAYS = 90;
    private static final List<String> USUAL_SCOPES = List.of("library:read", "library:write", "profile:read");

    /** The form in stored shape. @throws dev.latchkey.error.Problem {@code invalid_fields} */
    PersonalTokenForm checked() {
        Fields fields = new Fields();
        String line = fields.line("name", name, MAX_NAME);
        fields.required("name", line);
        Optional<Long> days = expiresInDays == null ? Optional.of(USUAL_DAYS) : expiresInDays;
        fields.check(
                days.filter(d -> d < 1 || d > MAX_DAYS).isEmpty(),
                "expires_in_days",
                "must be 1 to " + MAX_DAYS + ", or null for never");
        List<String> wanted = scopes == null ? USUAL_SCOPES : scopes;
        boolean known = wanted.stream().allMatch(scope -> Scope.of(scope).isPresent());
        fields.check(known && !wanted.isEmpty(), "scopes", "must be some of " + String.join(", ", Scope.texts()));
        fields.throwIfAny();
        return new PersonalTokenForm(line, days, wanted);
    }

    /** When a token that is made now ends; null for never. */
    Instant expiresAt(Instant now) {
        return expiresInDays.map(days -> now.plus(Duration.ofDays(days))).orElse(null);
    }

    Set<Scope> scopeSet() {
        Set<Scope> set = EnumSet.noneOf(Scope.class);
        scopes.forEach(scope -> set.add(Scope.of(scope).orElseThrow()));
        return set;
    }

    @Override
    public String toString() {
        return "PersonalTokenForm[…]";
    }
}
