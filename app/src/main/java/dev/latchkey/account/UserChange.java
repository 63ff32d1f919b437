package dev.latchkey.account;

import dev.latchkey.error.Fields;
import java.time.Instant;
import java.util.Optional;

/** What an admin changes about a person: null leaves a field as it is, empty clears it. */
public record UserChange(
        Optional<String> displayName,
        Optional<String> email,
        Optional<Role> role,
        Optional<Boolean> active,
        Optional<Long> quotaBytes,
        Optional<Instant> membershipEndsAt) {

    static UserChange active(boolean active) {
        return new UserChange(null, null, null, Optional.of(active), null, null);
    }

    /** The change with its values in stored shape. @throws dev.latchkey.error.Problem {@code invalid_fields} */
    UserChange checked() {
        Fields fields = new Fields();
        fields.check(role == null || role.isPresent(), "role", "must be guest, member, manager or admin");
        fields.check(active == null || active.isPresent(), "active", "must be true or false");
        fields.check(quotaBytes == null || quotaBytes.orElse(0L) >= 0, "quota_bytes", "must not be negative");
        UserChange checked = new UserChange(
                displayName == null ? null : displayName.map(name -> PersonRules.displayName(fields, name)),
                email == null ? null : email.map(address -> fields.email("email", address)),
                role,
                active,
                quotaBytes,
                membershipEndsAt);
        fields.throwIfAny();
        return checked;
    }

    @Override
    public String toString() {
        return "UserChange[…]";
    }
}
