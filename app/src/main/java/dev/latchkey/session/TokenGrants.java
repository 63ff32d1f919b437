package dev.latchkey.session;

import dev.latchkey.account.Instance;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Audit;
import dev.latchkey.audit.Target;
import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;

/** Ways for API clients to get tokens (RFC 6749): by a person's password, and by the refresh token they have. */
public final class TokenGrants {
    private final Instance instance;
    private final Proofs proofs;
    private final Families families;
    private final Audit audit;

    public TokenGrants(Instance instance, Proofs proofs, Families families, Audit audit) {
        this.instance = instance;
        this.proofs = proofs;
        this.families = families;
        this.audit = audit;
    }

    /**
     * Opens a refresh family for whoever proves by password who they are.
     *
     * @param code a code of the second factor, or null
     * @throws Problem 400 {@code invalid_grant} for whatever is wrong with name, password, account or code; 400 {@code
     *     mfa_required} for a right password without the code that is needed; 422 for a device name that is none; 429
     *     {@code rate_limited} while the account has to wait; 503 {@code busy} when too many sign in at once
     */
    public TokenPair byPassword(Actor where, Attempt attempt, String code) {
        instance.requireShared();
        String deviceName = SignIn.deviceName(attempt);
        try (Proven proven = proofs.password(where, attempt.name(), attempt.password())) {
            return proofs.complete(where, proven, code, (sql, user) -> open(sql, user, where, deviceName))
                    .orElseThrow(TokenGrants::mfaRequired);
        } catch (Problem e) {
            throw asGrantError(e);
        }
    }

    /** Exchanges a refresh token for the next pair. @throws Problem as {@link Families#refresh} */
    public TokenPair byRefreshToken(Actor where, String token) {
        return families.refresh(where, token);
    }

    private TokenPair open(Sql sql, User user, Actor where, String deviceName) {
        Actor owner = new Actor(user.id(), where.ip(), where.userAgent());
        StartedFamily family = families.start(sql, user, owner, Origin.PASSWORD, deviceName);
        audit.record(sql, owner, "session.login", new Target("family", family.id()), null);
        return family.tokens();
    }

    private static Problem mfaRequired() {
        return Problem.of(
                Problem.Kind.BAD_REQUEST,
                "mfa_required",
                "This account has a second factor. Send the password again with a code as totp.");
    }

    /** Here a request to join that still waits is no different from a wrong password. */
    private static Problem asGrantError(Problem problem) {
        boolean refused =
                problem.kind() == Problem.Kind.UNAUTHENTICATED || problem.code().equals("join_pending");
        if (!refused) {
            return problem;
        }
        boolean wrongCode = problem.code().equals("invalid_code");
        String detail = wrongCode ? problem.detail() : "The name or the password is not right.";
        return Problem.of(Problem.Kind.BAD_REQUEST, "invalid_grant", detail);
    }
}
