package dev.latchkey.account;

import dev.latchkey.db.Sql;

/**
 * Ends what a person signed in with. Call one of the others in the transaction of the change that asks for it, and
 * {@link #done} after the commit and before the answer: from then on no request with an ended credential is let in.
 */
public final class Revocation {
    private final UserDao users = new UserDao();
    private final UserCache cache;

    public Revocation(UserCache cache) {
        this.cache = cache;
    }

    /** Ends every session and refresh family, every half-finished sign-in, and every link that resets the password. */
    public void endSignIns(Sql sql, long userId) {
        users.endSignIns(sql, userId);
        sql.update("DELETE FROM one_time_links WHERE user_id = ? AND purpose = 'reset'", userId);
    }

    /** Ends every half-finished sign-in, and nothing else. */
    public void endChallenges(Sql sql, long userId) {
        sql.update("DELETE FROM sign_in_challenges WHERE user_id = ?", userId);
    }

    /**
     * Ends what another role takes the ground from: every access token, and, for good, a guest's join codes and what
     * they opened. Other sessions and families live on, and get the rights that the person has now.
     */
    public void endForRole(Sql sql, long userId) {
        users.endAccessTokens(sql, userId);
        sql.update("DELETE FROM join_codes WHERE user_id = ?", userId);
        sql.update("DELETE FROM sessions WHERE user_id = ? AND origin = 'join_code'", userId);
    }

    /** Ends every credential, for good, and every link: of a person who is locked, removed, or whose membership is over. */
    public void endEverything(Sql sql, long userId) {
        endSignIns(sql, userId);
        sql.update("DELETE FROM one_time_links WHERE user_id = ?", userId);
        sql.update("DELETE FROM access_tokens WHERE user_id = ?", userId);
        endForRole(sql, userId);
    }

    /** Lets the next request see what was committed. */
    public void done(long userId) {
        cache.remove(userId);
    }
}
