package dev.latchkey.account;

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
                Arguments.of("invites_by_end", InviteDao.DELETE_ENDED),
                Arguments.of("join_requests_by_decision", JoinRequestDao.DELETE_DECIDED),
                Arguments.of("one_time_links_by_end", OneTimeLinkDao.DELETE_ENDED),
                Arguments.of("sign_in_failures_by_time", SignInFailureDao.DELETE_OLD),
                Arguments.of("known_addresses_by_time", KnownAddressDao.DELETE_UNUSED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void oldRowsAreFoundByTheirIndex(String index, String statement) {
        Plans.assertWalks(folder, index, statement);
    }
}
