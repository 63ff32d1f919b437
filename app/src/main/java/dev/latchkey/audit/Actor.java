package dev.latchkey.audit;

/** Who causes a change, and from where; {@code userId} is null for the local owner and for anyone not signed in. */
public record Actor(Long userId, String ip, String userAgent) {}
