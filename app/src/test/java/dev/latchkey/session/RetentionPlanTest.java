package dev.latchkey.session;

import dev.latchkey.testing.Plans;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The daily clean-up finds old rows by an index, whatever the size of the table. */
class RetentionPlanTest {
    @TempDir
    Path folder;

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("sessions_by_last_use", SessionDao.DELETE_UNUSED),
                Arguments.of("sessions_by_last_use", SessionDao.DELETE_SPENT),
                Arguments.of("spent_refresh_tokens_by_family", SessionDao.DELETE_SPENT),
                Arguments.of("access_tokens_by_end", PersonalTokenDao.DELETE_EXPIRED),
                Arguments.of("sign_in_challenges_by_end", ChallengeDao.DELETE_EXPIRED),
                Arguments.of("device_codes_by_end", DeviceCodeDao.DELETE_EXPIRED),
                Arguments.of("join_codes_by_end", JoinCodeDao.DELETE_ENDED),
                Arguments.of("code_failures_by_time", CodeFailureDao.DELETE_OLD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void oldRowsAreFoundByTheirIndex(String index, String statement) {
        Plans.assertWalks(folder, index, statement);
    }
}
