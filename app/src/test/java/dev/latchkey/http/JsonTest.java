package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T23:11:05.123Z, 2026-11-20T23:11:05.123Z",
        "2026-11-20T23:11:05Z, 2026-11-20T23:11:05.000Z",
        "2026-11-20T23:11:05.000999Z, 2026-11-20T23:11:05.000Z",
        "1970-01-01T00:00:00.007Z, 1970-01-01T00:00:00.007Z",
        "0099-02-28T09:08:07.060Z, 0099-02-28T09:08:07.060Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00.000Z",
    })
    void timesAreUtcWithMilliseconds(String time, String text) throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(Instant.parse(time))).isEqualTo('"' + text + '"');
    }
}
