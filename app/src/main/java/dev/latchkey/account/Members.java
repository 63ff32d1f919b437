package dev.latchkey.account;

import dev.latchkey.db.Sql;
import dev.latchkey.error.Problem;
import java.time.Clock;

/** What holds for everybody who adds to the library. */
public final class Members {
    private final UserDao users = new UserDao();
    private final Clock clock;

    public Members(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks in the transaction of a change whether who makes it still may: a file comes for minutes or hours, and its sender
     * may have been put out since it began.
     *
     * @param userId null for the local owner, who may
     * @throws Problem 401 {@code invalid_token} for somebody who is locked, removed or no member any more, 403
     *     {@code forbidden} for a role that may only look; either takes the change back
     */
    public void requireStill(Sql sql, Long userId) {
        if (userId == null) {
            return;
        }
        User user = users.find(sql, userId)
                .filter(found -> found.mayActAt(clock.instant()))
                .orElseThrow(() -> Problem.unauthenticated(
                        "invalid_token", "Your account was locked while the file came. It was not stored."));
        if (!user.role().atLeast(Role.MEMBER)) {
            throw Problem.forbidden("forbidden", "Your role was changed while the file came. It was not stored.");
        }
    }
}
