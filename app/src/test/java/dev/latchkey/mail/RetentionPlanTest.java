package dev.latchkey.mail;

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
        return Stream.of(Arguments.of("mail_by_age", MailDao.DELETE_DONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void oldRowsAreFoundByTheirIndex(String index, String statement) {
        Plans.assertWalks(folder, index, statement);
    }
}
