package dev.latchkey.session;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who makes a request. {@code user} and {@code credential} are null unless {@code kind} is {@link Kind#USER}; what is
 * attributed to a caller without a user has no uploader and no actor.
 */
public record Caller(Kind kind, User user, Credential credential, Actor actor) {
    /** Sorts of callers. */
    public enum Kind {
        /** Nobody, or nobody that we know. */
        ANONYMOUS,
        /** Whoever sits at this machine (or in the LAN, where that is open) while there is no admin. */
        LOCAL_OWNER,
        /** A person with an account. */
        USER
    }

    public static Caller anonymous(Actor actor) {
        return new Caller(Kind.ANONYMOUS, null, null, actor);
    }

    public static Caller localOwner(Actor actor) {
        return new Caller(Kind.LOCAL_OWNER, null, null, actor);
    }

    /** A person whom {@code credential} stands for; {@code where} is the address and user agent of the request. */
    static Caller user(User user, Credential credential, Actor where) {
        return new Caller(Kind.USER, user, credential, new Actor(user.id(), where.ip(), where.userAgent()));
    }

    /** The id that changes are attributed to; null for the local owner and for nobody. */
    public Long userId() {
        return user == null ? null : user.id();
    }

    /** When this caller is let in no longer, should nobody do anything till then; empty for never. */
    public Optional<Instant> endsAt() {
        Stream<Instant> ends =
                user == null ? Stream.empty() : Stream.of(credential.expiresAt(), user.membershipEndsAt());
        return ends.filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    public boolean isLocalOwner() {
        return kind == Kind.LOCAL_OWNER;
    }

    /** Whether the caller may do what {@code minimum} may; the local owner may do everything in the library. */
    public boolean atLeast(Role minimum) {
        return isLocalOwner() || user != null && user.role().atLeast(minimum);
    }
}
