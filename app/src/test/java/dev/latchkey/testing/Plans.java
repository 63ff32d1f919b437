package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.Database;
import dev.latchkey.harness.EmptyDatabase;
import java.nio.file.Path;
import java.util.List;

/** How SQLite would find the rows of a statement. */
public final class Plans {
    private Plans() {}

    /** Fails unless {@code sql} walks {@code index} in its order, and reads no table from end to end. */
    public static void assertWalks(Path folder, String index, String sql) {
        try (Database database = Database.open(EmptyDatabase.at(folder.resolve("plans.db")))) {
            List<String> plan =
                    database.read(reader -> reader.list("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail")));
            assertThat(plan).as("%s", plan).anyMatch(step -> step.matches("SEARCH .* INDEX " + index + " .*"));
            assertThat(plan).as("%s", plan).noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(plan).as("%s", plan).noneMatch(step -> step.startsWith("SCAN"));
        }
    }
}
