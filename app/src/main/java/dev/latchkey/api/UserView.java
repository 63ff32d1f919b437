package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.latchkey.account.CreatedUser;
import dev.latchkey.account.ManagedUser;
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

    /** What only admins may know; {@code signInDelayedUntil} is null when nothing holds up the sign-in. */
    record ForAdmin(@JsonUnwrapped Full user, Instant signInDelayedUntil) implements UserView {}

    /** A new account; {@code setupUrl} is there when it has no password yet. */
    record Created(
            @JsonUnwrapped ForAdmin user,
            @JsonInclude(JsonInclude.Include.NON_NULL) String setupUrl) implements UserView {
        @Override
        public String toString() {
            return "Created[…]";
        }
    }

    /** {@code {"user": …}}. */
    record Result(UserView user) {}

    /** Somebody who was let in just now, and so cannot have a delay, as {@code viewer} may see them. */
    static UserView newcomer(User user, Caller viewer) {
        return viewer.atLeast(Role.ADMIN)
                ? forAdmin(new ManagedUser(user, null))
                : brief(user, viewer.atLeast(Role.MANAGER));
    }

    static ForAdmin forAdmin(ManagedUser person) {
        return new ForAdmin(full(person.user()), person.signInDelayedUntil());
    }

    static Created created(CreatedUser made) {
        return new Created(forAdmin(new ManagedUser(made.user(), null)), made.setupUrl());
    }

    /** As managers may see somebody. */
    static UserView forManager(User user) {
        return brief(user, true);
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
    static Full full(User user) {
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
