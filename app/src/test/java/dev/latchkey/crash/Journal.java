package dev.latchkey.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was sent and what was acknowledged, kept outside the process that gets killed. */
final class Journal {
    /** What happened to a medium last, as far as it was acknowledged. */
    enum State {
        STORED,
        TRASHED,
        PURGED,
        /** A change was sent and never answered: old or new are both right. */
        UNCERTAIN
    }

    /** Acknowledged uploads: medium id to SHA-256. */
    final Map<Long, String> uploads = new ConcurrentHashMap<>();

    final Map<Long, State> states = new ConcurrentHashMap<>();
    /** Hashes whose upload was sent; the answer may or may not have come. */
    final Set<String> sent = ConcurrentHashMap.newKeySet();
    /** Tokens handed out, and of those the ones whose logout was acknowledged. */
    final Set<String> liveTokens = ConcurrentHashMap.newKeySet();

    final Set<String> deadTokens = ConcurrentHashMap.newKeySet();
    /** Invites whose use was acknowledged. */
    final Set<String> usedInvites = ConcurrentHashMap.newKeySet();

    List<Long> idsIn(State state) {
        return new ArrayList<>(states.entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .toList());
    }
}
