package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:5397/, http://localhost:5397",
        "HTTPS://Library.Example.org//, https://library.example.org",
        "https://example.org/Library/, https://example.org/Library",
        "http://[::1]:5397, http://[::1]:5397",
    })
    void an_address_has_one_spelling(String text, String address) {
        assertThat(ServerAddress.parse(text)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:5397",
                "library.example.org",
                "ftp://example.org",
                "http://",
                "http://h:99999",
                "http://user@example.org",
                "http://example.org?a=b",
                "http://example.org#a",
                "http://a b",
                "/tmp",
                "a\u001b[2J"
            })
    void anything_else_is_told_what_one_looks_like(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The server's address must look like http://192.168.1.20:5397");
    }

    @ParameterizedTest
    @CsvSource({
        "http://203.0.113.5, true",
        "http://[2001:db8::1]:5397, true",
        "https://203.0.113.5, false",
        "http://127.0.0.1:5397, false",
        "http://192.168.1.20:5397, false",
        "http://172.31.0.1, false",
        "http://172.32.0.1, true",
        "http://[fd00::1], false",
        "http://[::1]:5397, false",
    })
    void only_plain_http_outside_of_the_house_is_exposed(String address, boolean exposed) {
        assertThat(ServerAddress.parse(address).isExposed()).isEqualTo(exposed);
    }
}
