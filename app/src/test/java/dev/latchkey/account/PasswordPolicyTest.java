package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private final PasswordPolicy policy = new PasswordPolicy(Accounts.rules(10), "Our House");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "aaaaaaa!",
                "7 words.",
                "пароль-для-дома",
                "\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02\uD83D\uDE03\uD83D\uDE04\uD83D\uDE05\uD83D\uDE06\uD83D\uDE07",
                "tabs\tand\0nul",
                "        "
            })
    void noCompositionIsAskedFor(String password) {
        assertThat(policy.reasons(password, "grace", "hopper@example.org")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', The password needs at least 8 characters.",
        "seven-7, The password needs at least 8 characters.",
        "\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02\uD83D\uDE03\uD83D\uDE04\uD83D\uDE05\uD83D\uDE06, The password needs at least 8 characters.",
        "e\u0301e\u0301e\u0301e\u0301, The password needs at least 8 characters.",
        "password, This is one of the most common passwords.",
        "PassWord, This is one of the most common passwords.",
        "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44, This is one of the most common passwords.",
        "iloveyou1, This is one of the most common passwords.",
        "grace-1906, The password must not contain the username.",
        "xxGRACExx, The password must not contain the username.",
        "ahopper99, The password must not contain the name in the e-mail address.",
        "welcome to OUR house, The password must not contain the name of this library.",
        "half \uD83D a face, The password contains half a character.",
    })
    void saysInASentenceWhatIsWrong(String password, String reason) {
        assertThat(policy.reasons(password, "grace", "hopper@example.org")).containsExactly(reason);
    }

    @Test
    void countsCodePointsAfterNormalisation() {
        assertThat(policy.reasons("\u00e9".repeat(128), null, null)).isEmpty();
        assertThat(policy.reasons("e\u0301".repeat(128), null, null)).isEmpty();
        assertThat(policy.reasons("\uD83D\uDE00".repeat(128), null, null)).isEmpty();
        assertThat(policy.reasons("x".repeat(129), null, null))
                .containsExactly("The password may have at most 128 characters.");
    }

    @Test
    void aShortNameMayOccurInAPassword() {
        assertThat(policy.reasons("evacuate the dance floor", "eva", "dan@example.org"))
                .isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThat(policy.reasons("monkey", "monkey", "monkey@example.org")).hasSize(4);
        assertThatThrownBy(() -> policy.require("monkey", "monkey", null)).isInstanceOfSatisfying(Problem.class, e -> {
            assertThat(e.code()).isEqualTo("password_refused");
            assertThat(e.reasons()).hasSize(3);
        });
    }

    @Test
    void theListHoldsTheTenThousandCommonest() {
        assertThat(CommonPasswords.size()).isEqualTo(10_000);
        assertThat(CommonPasswords.contain("123456")).isTrue();
        assertThat(CommonPasswords.contain("correct horse battery")).isFalse();
    }
}
