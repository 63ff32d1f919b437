package dev.latchkey.http;

import dev.latchkey.audit.Actor;
import dev.latchkey.session.Caller;
import java.util.Optional;

/** Finds out whose secret this is. */
@FunctionalInterface
public interface CredentialStore {
    /**
     * @param token the secret as it was sent
     * @param where the address and user agent of the request, without a user
     * @param noteUse whether this is a use, which keeps a sign-in alive, or only a question
     * @return the caller; empty for a secret that is unknown, expired or revoked
     */
    Optional<Caller> resolve(String token, Actor where, boolean noteUse);
}
