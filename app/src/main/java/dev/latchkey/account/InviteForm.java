package dev.latchkey.account;

import dev.latchkey.error.Fields;
import java.time.Duration;
import java.util.Optional;

/**
 * What a manager asks of an invite; null takes the default.
 *
 * @param ttlHours how long the link works; empty, which would mean for ever, is refused
 * @param membershipDays after how many days the account ends, null for never
 */
public record InviteForm(
        Optional<Long> ttlHours,
        Role role,
        String email,
        Boolean autoApprove,
        Long membershipDays,
        Long quotaBytes,
        String note) {
    private static final long MAX_TTL_HOURS = 8760;
    private static final long MAX_MEMBERSHIP_DAYS = 36_500;
    private static final int MAX_NOTE = 500;

    /** The form in stored shape. @throws dev.latchkey.error.Problem {@code invalid_fields} */
    InviteForm checked() {
        Fields fields = new Fields();
        fields.check(
                ttlHours == null
                        || ttlHours.filter(h -> h >= 1 && h <= MAX_TTL_HOURS).isPresent(),
                "ttl_hours",
                "must be 1 to " + MAX_TTL_HOURS);
        fields.check(
                membershipDays == null || membershipDays >= 1 && membershipDays <= MAX_MEMBERSHIP_DAYS,
                "membership_days",
                "must be 1 to " + MAX_MEMBERSHIP_DAYS);
        fields.check(quotaBytes == null || quotaBytes >= 0, "quota_bytes", "must not be negative");
        String address = fields.email("email", email);
        String remark = fields.paragraph("note", note, MAX_NOTE);
        fields.throwIfAny();
        Role granted = role == null ? Role.MEMBER : role;
        boolean automatic = autoApprove != null && autoApprove;
        return new InviteForm(ttlHours, granted, address, automatic, membershipDays, quotaBytes, remark);
    }

    Duration ttl(Duration usual) {
        return ttlHours == null ? usual : Duration.ofHours(ttlHours.orElseThrow());
    }

    Grant grant() {
        return new Grant(role, quotaBytes, membershipDays);
    }

    @Override
    public String toString() {
        return "InviteForm[…]";
    }
}
