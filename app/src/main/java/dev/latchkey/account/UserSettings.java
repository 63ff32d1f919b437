package dev.latchkey.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What admins decide about a person; the address, the quota and the end of membership may be null. */
record UserSettings(
        String displayName, String email, Role role, boolean active, Long quotaBytes, Instant membershipEndsAt) {

    static UserSettings of(User user) {
        return new UserSettings(
                user.displayName(),
                user.email(),
                user.role(),
                user.active(),
                user.quotaBytes(),
                user.membershipEndsAt());
    }

    /** These settings after a checked change; who has no display name goes by {@code username}. */
    UserSettings with(UserChange change, String username) {
        return new UserSettings(
                Objects.requireNonNullElse(merged(change.displayName(), displayName), username),
                merged(change.email(), email),
                merged(change.role(), role),
                merged(change.active(), active),
                merged(change.quotaBytes(), quotaBytes),
                merged(change.membershipEndsAt(), membershipEndsAt));
    }

    private static <T> T merged(Optional<T> change, T current) {
        return change == null ? current : change.orElse(null);
    }

    boolean sameEmail(UserSettings other) {
        return Objects.equals(email, other.email);
    }

    boolean sameEnd(UserSettings other) {
        return Objects.equals(membershipEndsAt, other.membershipEndsAt);
    }

    boolean endedAt(Instant now) {
        return membershipEndsAt != null && !now.isBefore(membershipEndsAt);
    }

    /**
     * What {@code next} changes, for the audit log: the roles by name, other fields without their values; empty when
     * nothing differs but {@code active}, which has actions of its own.
     */
    Optional<String> difference(UserSettings next) {
        List<String> changed = new ArrayList<>();
        add(changed, "display_name", displayName, next.displayName);
        add(changed, "email", email, next.email);
        add(changed, "quota_bytes", quotaBytes, next.quotaBytes);
        add(changed, "membership_ends_at", membershipEndsAt, next.membershipEndsAt);
        List<String> parts = new ArrayList<>();
        if (role != next.role) {
            parts.add("role " + role.text() + " → " + next.role.text());
        }
        if (!changed.isEmpty()) {
            parts.add("changed " + String.join(", ", changed));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static void add(List<String> names, String name, Object one, Object other) {
        if (!Objects.equals(one, other)) {
            names.add(name);
        }
    }

    @Override
    public String toString() {
        return "UserSettings[…]";
    }
}
