package dev.latchkey.session;

import dev.latchkey.account.Guests;
import dev.latchkey.error.Fields;
import java.time.Duration;
import java.util.Optional;

/**
 * What a manager asks of a join code; null takes the default.
 *
 * @param userId the guest to be signed in, unless {@code guestName} asks for a new one
 * @param expiresInHours how long the code works; empty, which would mean for ever, is refused
 * @param maxUses how often it works, 0 for as often as one likes
 */
public record JoinCodeForm(
        Long userId,
        String guestName,
        Optional<Long> expiresInHours,
        Long maxUses,
        String deviceName,
        String providerName) {
    private static final long MAX_HOURS = 8760;
    private static final long MOST_USES = 100_000;
    private static final int MAX_NAME = 100;

    /** The form in stored shape. @throws dev.latchkey.error.Problem {@code invalid_fields} */
    JoinCodeForm checked() {
        Fields fields = new Fields();
        String guest = Guests.name(fields, "guest_name", guestName);
        String oneOfThem = "is needed, or guest_name for a new guest; not both";
        fields.check((userId == null) != (guest == null), "user_id", oneOfThem);
        fields.check(
                expiresInHours == null
                        || expiresInHours.filter(h -> h >= 1 && h <= MAX_HOURS).isPresent(),
                "expires_in_hours",
                "must be 1 to " + MAX_HOURS);
        long uses = maxUses == null ? 1 : maxUses;
        fields.check(
                uses >= 0 && uses <= MOST_USES, "max_uses", "must be 1 to " + MOST_USES + ", or 0 for no such limit");
        String device = fields.line("device_name", deviceName, MAX_NAME);
        String provider = fields.line("provider_name", providerName, MAX_NAME);
        fields.throwIfAny();
        return new JoinCodeForm(userId, guest, expiresInHours, uses, device, provider);
    }

    Duration ttl(Duration usual) {
        return expiresInHours == null ? usual : Duration.ofHours(expiresInHours.orElseThrow());
    }

    @Override
    public String toString() {
        return "JoinCodeForm[…]";
    }
}
