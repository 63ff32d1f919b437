package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void the_example_file_is_what_the_option_table_says() throws IOException {
        assertThat(Path.of("config.example.properties")).content().isEqualTo(ConfigLoader.example());
    }

    @Test
    void every_key_of_the_example_can_be_set_to_its_default() {
        Map<String, String> defaults = new java.util.TreeMap<>();
        Options.ALL.forEach(option -> defaults.put(option.key(), option.defaultValue()));
        assertThat(ConfigLoader.fromMap(defaults)).isEqualTo(ConfigLoader.fromMap(Map.of()));
    }

    @Test
    void defaults_are_those_of_the_design() {
        Config config = ConfigLoader.fromMap(Map.of());
        assertThat(config.listen()).isEqualTo(new Config.Listen("0.0.0.0", 5397));
        assertThat(config.sessions().idle()).isEqualTo(Duration.ofDays(30));
        assertThat(config.storage().uploadMaxBytes()).isEqualTo(10L << 30);
        assertThat(config.registration()).isEqualTo(Config.Registration.INVITE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen|5397",
                "listen|host:70000",
                "throttle.factor|-1",
                "throttle.factor|lots",
                "session.idle_days|0",
                "session.idle_days|ten",
                "upload.max_bytes|10 parsecs",
                "upload.max_bytes|99999999TB",
                "registration|maybe",
                "password.bcrypt_cost|9",
                "password.min_length|7",
                "local.open_to_lan|yes",
                "public_url|ftp://example.org",
                "public_url|https://user@example.org",
                "allowed_hosts|http://example.org",
                "trusted_proxies|proxy.example.org",
                "trusted_proxies|10.0.0.0/33",
                "cors_origins|*",
                "smtp.tls|maybe",
                "smtp.host|mail.example.org:587",
                "smtp.from|nobody",
                "smtp.from|Library <library@example.org",
                "smtp.from|a@example.org, b@example.org",
                "smtp.username|postie",
                "no.such_key|1"
            })
    void a_bad_value_stops_the_start_and_names_its_key(String key, String value) {
        assertThatThrownBy(() -> ConfigLoader.fromMap(Map.of(key, value)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({"500MB,500000000", "10GiB,10737418240", "7,7", "1kib,1024", "2 TB,2000000000000", "0,0"})
    void sizes_are_understood_with_both_kinds_of_units(String text, long bytes) {
        assertThat(ConfigLoader.fromMap(Map.of("upload.max_bytes", text))
                        .storage()
                        .uploadMaxBytes())
                .isEqualTo(bytes);
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("c.properties"), "session.idle_days=3\ninstance_name=Café\n");
        Config config = ConfigLoader.load(Optional.of(file), Map.of("LATCHKEY_SESSION_IDLE_DAYS", "5"));
        assertThat(config.sessions().idle()).isEqualTo(Duration.ofDays(5));
        assertThat(config.instanceName()).isEqualTo("Café");
    }

    @Test
    void a_secret_can_come_from_a_file_and_is_masked_when_printed() throws IOException {
        Path secret = Files.writeString(folder.resolve("smtp"), "hunter2\n");
        Map<String, String> environment = Map.of("LATCHKEY_SMTP_PASSWORD_FILE", secret.toString());
        Path empty = Files.writeString(folder.resolve("empty.properties"), "");
        assertThat(ConfigLoader.load(Optional.of(empty), environment).smtp().password())
                .contains("hunter2");
        assertThat(ConfigLoader.masked(Optional.of(empty), environment)).containsEntry("smtp.password", "********");
    }

    @Test
    void a_mail_server_needs_a_sender() {
        assertThatThrownBy(() -> ConfigLoader.fromMap(Map.of("smtp.host", "mail.example.org")))
                .hasMessageContaining("smtp.from");
        Map<String, String> smtp = Map.of("smtp.host", "mail.example.org", "smtp.from", "Café Ü <cafe@example.org>");
        assertThat(ConfigLoader.fromMap(smtp).smtp().from()).contains("Café Ü <cafe@example.org>");
    }

    @Test
    void an_unknown_variable_of_ours_stops_the_start() {
        assertThatThrownBy(() -> ConfigLoader.load(Optional.empty(), Map.of("LATCHKEY_SESION_IDLE_DAYS", "5")))
                .hasMessageContaining("LATCHKEY_SESION_IDLE_DAYS");
    }

    @Test
    void a_provider_block_is_read_and_google_knows_its_issuer() {
        Config config = ConfigLoader.fromMap(Map.of("oidc.google.client_id", "abc"));
        assertThat(config.oidc().get("google").issuer()).hasToString("https://accounts.google.com");
        assertThatThrownBy(() -> ConfigLoader.fromMap(Map.of("oidc.other.client_id", "abc")))
                .hasMessageContaining("oidc.other.issuer");
    }
}
