package dev.latchkey.account;

/** Another password, by a link; {@code code} is of the second factor where there is one, else null. */
public record ResetForm(String token, String newPassword, String code) {
    @Override
    public String toString() {
        return "ResetForm[…]";
    }
}
