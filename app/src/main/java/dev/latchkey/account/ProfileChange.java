package dev.latchkey.account;

import java.util.Optional;

/**
 * What somebody changes about themselves: null leaves a field as it is, empty clears it.
 *
 * @param currentPassword needed for another e-mail address, else null
 */
public record ProfileChange(
        Optional<String> displayName,
        Optional<String> email,
        Optional<String> phone,
        Optional<String> jobTitle,
        Optional<String> timezone,
        String currentPassword) {
    @Override
    public String toString() {
        return "ProfileChange[…]";
    }
}
