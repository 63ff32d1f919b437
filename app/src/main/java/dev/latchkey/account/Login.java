package dev.latchkey.account;

/**
 * Whom a typed name belongs to, and the hash to compare with: a person ({@code userId}), somebody who waits to be let
 * in ({@code joinRequestId}), or nobody.
 */
public record Login(Long userId, Long joinRequestId, String passwordHash) {
    static final Login NOBODY = new Login(null, null, null);

    @Override
    public String toString() {
        return "Login[" + userId + ", " + joinRequestId + "]";
    }
}
