package dev.latchkey.api;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.session.Caller;
import java.time.Instant;

/** A person in a response: all of it for themselves and for admins, less for others. */
sealed interface UserView {
    /** What everyone may know; {@code email} is null for callers who may not see it. */
    record Brief(
            long id,
            String username,
            String displayName,
            String email,
            boolean emailVerified,
            Role role,
            boolean active,
            Instant createdAt,
            Instant lastLoginAt)
            implements UserView {}

    /** What the person and admins may know. */
    record Full(
            long id,
            String username,
            String displayName,
            String email,
            boolean emailVerified,
            Role role,
            boolean active,
            Instant createdAt,
            Instant lastLoginAt,
            String phone,
            String jobTitle,
            String timezone,
            Long quotaBytes,
            long usedBytes,
            Instant membershipEndsAt,
            boolean secondFactor,
            boolean passwordChangeRequired)
            implements UserView {}

    /** {@code {"user": …}}. */
    record Result(UserView user) {}

    /** The person as {@code viewer} may see them. */
    static UserView of(User user, Caller viewer) {
        boolean own = viewer.user() != null && viewer.user().id() == user.id();
        return own || viewer.atLeast(Role.ADMIN) ? full(user) : brief(user, viewer.atLeast(Role.MANAGER));
    }

    private static UserView brief(User user, boolean withEmail) {
        return new Brief(
                user.id(),
                user.username(),
                user.displayName(),
                withEmail ? user.email() : null,
                withEmail && user.emailVerified(),
                user.role(),
                user.active(),
                user.createdAt(),
                user.lastLoginAt());
    }

    /** All of it: for the person themselves. */
    static UserView full(User user) {
        return new Full(
                user.id(),
                user.username(),
                user.displayName(),
                user.email(),
                user.emailVerified(),
                user.role(),
                user.active(),
                user.createdAt(),
                user.lastLoginAt(),
                user.phone(),
                user.jobTitle(),
                user.timezone(),
                user.quotaBytes(),
                user.usedBytes(),
                user.membershipEndsAt(),
                user.secondFactor(),
                user.passwordChangeRequired());
    }
}
