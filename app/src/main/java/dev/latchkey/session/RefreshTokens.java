package dev.latchkey.session;

import dev.latchkey.crypto.Secrets;

/** Makes refresh tokens: the first of a family at random, and each further one out of the one before. */
public final class RefreshTokens {
    private final Secrets secrets;
    private final byte[] key;

    /** @param key 32 bytes that do not lie in the database: nobody else can tell what follows a token */
    public RefreshTokens(Secrets secrets, byte[] key) {
        this.secrets = secrets;
        this.key = key.clone();
    }

    String first() {
        return secrets.token(Secrets.Prefix.REFRESH);
    }

    String successor(String token) {
        return Secrets.successor(Secrets.Prefix.REFRESH, key, token);
    }
}
