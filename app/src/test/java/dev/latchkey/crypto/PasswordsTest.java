package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindrot.jbcrypt.BCrypt;

class PasswordsTest {
    private final HashingPool pool = new HashingPool();
    private final Passwords passwords = new Passwords(new byte[32], 4, pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aPasswordMatchesItsOwnHashAndNoOther() {
        String stored = passwords.hash("correct horse battery");

        assertThat(passwords.matches("correct horse battery", stored)).isTrue();
        assertThat(passwords.matches("correct horse batterz", stored)).isFalse();
        assertThat(passwords.matches("", stored)).isFalse();
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(stored);
    }

    @Test
    void everyByteCountsBeyondTheSeventySecond() {
        String long72 = "x".repeat(72);
        String stored = passwords.hash(long72 + "a");

        assertThat(passwords.matches(long72 + "a", stored)).isTrue();
        assertThat(passwords.matches(long72 + "b", stored)).isFalse();
        assertThat(passwords.matches(long72, stored)).isFalse();
    }

    @Test
    void aNulByteEndsNothing() {
        String stored = passwords.hash("ab");

        assertThat(passwords.matches("ab\0ab", stored)).isFalse();
        assertThat(passwords.matches("ab\0", stored)).isFalse();
        assertThat(passwords.matches("ab", passwords.hash("ab\0ab"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Zu\u0308rich-1234, Z\u00fcrich-1234",
        "\uff50\uff41\uff53\uff53word, password",
        "\ufb01sh and chips, fish and chips",
        "\u2460\u2461\u2462 steps, 123 steps",
    })
    void theSameTextTypedOnAnotherKeyboardIsTheSamePassword(String typed, String stored) {
        assertThat(passwords.matches(typed, passwords.hash(stored))).isTrue();
    }

    @Test
    void caseAndBlanksMatter() {
        String stored = passwords.hash("Correct Horse");

        assertThat(List.of("correct horse", "Correct Horse ", "CorrectHorse"))
                .noneMatch(password -> passwords.matches(password, stored));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "plain text",
                "hmac-sha384-bcrypt:",
                "hmac-sha384-bcrypt:$2a$10$short",
                "hmac-sha384-bcrypt:$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "hmac-sha384-bcrypt:$2a$99$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "hmac-sha384-bcrypt:$2a$04$abcdefghijklmnopqrstu!ABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2a$04$......................................................",
            })
    void aHashThatCannotBeReadMatchesNothing(String stored) {
        assertThat(passwords.matches("correct horse battery", stored)).isFalse();
    }

    @Test
    void bcryptWithoutThePepperIsNotAccepted() {
        String bare = BCrypt.hashpw("correct horse battery", BCrypt.gensalt(4));

        assertThat(passwords.matches("correct horse battery", bare)).isFalse();
        assertThat(passwords.matches("correct horse battery", "hmac-sha384-bcrypt:" + bare))
                .isFalse();
    }

    @Test
    void anotherPepperMakesAnotherHash() {
        byte[] pepper = new byte[32];
        pepper[0] = 1;

        assertThat(new Passwords(pepper, 4, pool).matches("correct horse", passwords.hash("correct horse")))
                .isFalse();
    }

    @Test
    void anOldHashTakesAsMuchWorkAsANewOneSoThatAWrongGuessTellsNothing() {
        for (int done = 4; done <= 12; done++) {
            int[] further = Passwords.makingUpFor(done, 12).toArray();
            long rounds = (1L << done)
                    + Arrays.stream(further).mapToLong(cost -> 1L << cost).sum();
            assertThat(rounds).isEqualTo(1L << 12);
        }
        assertThat(Passwords.makingUpFor(13, 12)).isEmpty();
        String old = new Passwords(new byte[32], 4, pool).hash("a lantern");
        Passwords now = new Passwords(new byte[32], 7, pool);
        assertThat(now.matches("a lantern", old)).isTrue();
        assertThat(now.matches("another lantern", old)).isFalse();
    }

    @Test
    void aHashOfAnotherCostIsOutdatedButStillMatches() {
        Passwords costlier = new Passwords(new byte[32], 5, pool);
        String stored = passwords.hash("correct horse");

        assertThat(passwords.isOutdated(stored)).isFalse();
        assertThat(costlier.isOutdated(stored)).isTrue();
        assertThat(costlier.isOutdated("md5:1234")).isTrue();
        assertThat(costlier.matches("correct horse", stored)).isTrue();
    }
}
