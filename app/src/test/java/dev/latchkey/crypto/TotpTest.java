package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** The secret of RFC 6238, appendix B. */
    private static final String SECRET =
            new Base32().encodeToString("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** The vectors have eight digits; six digits are the last six of them (RFC 4226, section 5.3). */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheRfc(long second, String code) {
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void aCodeIsKnownOneStepEitherSide() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = now.getEpochSecond() / 30;

        assertThat(Totp.steps(SECRET, Totp.code(SECRET, now), now)).containsExactly(step);
        assertThat(Totp.steps(SECRET, Totp.code(SECRET, now.minusSeconds(30)), now))
                .containsExactly(step - 1);
        assertThat(Totp.steps(SECRET, Totp.code(SECRET, now.plusSeconds(30)), now))
                .containsExactly(step + 1);
        assertThat(Totp.steps(SECRET, Totp.code(SECRET, now.minusSeconds(60)), now))
                .isEmpty();
        assertThat(Totp.steps(SECRET, Totp.code(SECRET, now.plusSeconds(60)), now))
                .isEmpty();
    }

    @Test
    void everySecretIsNewAndHas160Bits() {
        Totp totp = new Totp();
        List<String> secrets = List.of(totp.newSecret(), totp.newSecret());

        assertThat(secrets).doesNotHaveDuplicates().allMatch(secret -> secret.matches("[A-Z2-7]{32}"));
    }

    @Test
    void theAddressForAppsIsQuoted() {
        assertThat(Totp.uri("Müller: home & co", "ada", "ABC"))
                .isEqualTo("otpauth://totp/M%C3%BCller%20%20home%20%26%20co:ada?secret=ABC"
                        + "&issuer=M%C3%BCller%20%20home%20%26%20co&algorithm=SHA1&digits=6&period=30");
    }
}
