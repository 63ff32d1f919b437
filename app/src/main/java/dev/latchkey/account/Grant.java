package dev.latchkey.account;

import java.time.Duration;
import java.time.Instant;

/** What an invite gives to whoever joins by it; null means no limit. */
record Grant(Role role, Long quotaBytes, Long membershipDays) {
    /** What somebody gets who comes without an invite, where that is allowed. */
    static final Grant OF_OPEN_REGISTRATION = new Grant(Role.MEMBER, null, null);

    /** The same with a role no higher than {@code most}. */
    Grant atMost(Role most) {
        return role.atLeast(most) ? new Grant(most, quotaBytes, membershipDays) : this;
    }

    /** When an account that begins at {@code start} ends, or null for never. */
    Instant membershipEndsAt(Instant start) {
        return membershipDays == null ? null : start.plus(Duration.ofDays(membershipDays));
    }

    /** Whether somebody with {@code granter}'s role may give this: managers let guests and members in, admins anyone. */
    boolean mayComeFrom(Role granter) {
        return granter.atLeast(role.atLeast(Role.MANAGER) ? Role.ADMIN : Role.MANAGER);
    }
}
