package dev.latchkey.session;

import dev.latchkey.audit.Actor;
import dev.latchkey.crypto.Secrets;
import java.util.Optional;

/** Every secret that a request may come with, whatever its kind. */
public final class Credentials {
    private final Sessions sessions;
    private final Families families;
    private final PersonalTokens personalTokens;

    public Credentials(Sessions sessions, Families families, PersonalTokens personalTokens) {
        this.sessions = sessions;
        this.families = families;
        this.personalTokens = personalTokens;
    }

    /**
     * Whose secret stands in the Authorization header.
     *
     * @param where the address and user agent of the request
     * @param noteUse whether this is a use, which keeps a sign-in alive, or only a question
     * @return the caller; empty when the secret is unknown, expired or revoked, or the person may not act
     */
    public Optional<Caller> bearer(String token, Actor where, boolean noteUse) {
        if (Secrets.Prefix.PERSONAL_ACCESS_TOKEN.fits(token)) {
            return personalTokens.resolve(token, where, noteUse);
        }
        return isSession(token) ? sessions.resolve(token, where, noteUse) : families.resolve(token, where, noteUse);
    }

    /** Whose secret stands in the cookie, where nothing but a session has a place. */
    public Optional<Caller> cookie(String token, Actor where, boolean noteUse) {
        return sessions.resolve(token, where, noteUse);
    }

    private static boolean isSession(String token) {
        return Secrets.Prefix.SESSION.fits(token);
    }

    /**
     * Ends the sign-in that makes the request: its tokens are dead before this returns.
     *
     * @param refreshToken of a family that is to end too, or null; whoever holds it may end it
     */
    public void signOut(Caller caller, String refreshToken) {
        if (refreshToken != null) {
            families.ofRefreshToken(refreshToken).ifPresent(family -> end(caller.actor(), family));
        }
        sessions.end(caller.actor(), caller.userId(), caller.credential().id(), "session.logout");
    }

    /**
     * Ends the session or family that a token belongs to, be it a refresh token, an access token or a session's (RFC
     * 7009): its tokens are dead before this returns. Other tokens change nothing.
     */
    public void revoke(Actor where, String token) {
        find(token).ifPresent(found -> end(new Actor(found.userId(), where.ip(), where.userAgent()), found));
    }

    private Optional<Session> find(String token) {
        if (isSession(token)) {
            return sessions.ofToken(token);
        }
        return Secrets.Prefix.REFRESH.fits(token) ? families.ofRefreshToken(token) : families.ofAccessToken(token);
    }

    private void end(Actor actor, Session found) {
        sessions.end(actor, found.userId(), found.id(), "session.logout");
    }
}
