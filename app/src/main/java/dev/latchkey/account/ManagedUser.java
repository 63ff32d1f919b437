package dev.latchkey.account;

import java.time.Instant;

/** A person as admins see them; {@code signInDelayedUntil} is null unless wrong passwords hold up their sign-in now. */
public record ManagedUser(User user, Instant signInDelayedUntil) {}
