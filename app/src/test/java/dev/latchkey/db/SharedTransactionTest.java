package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.Problem;
import dev.latchkey.harness.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that waits for the writer at the same time is committed together, and fails alone unless the commit fails. */
class SharedTransactionTest {
    @TempDir
    Path parent;

    private Database database;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        database = Database.open(parent.resolve("latchkey.db"));
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    @Test
    void what_waits_at_the_same_time_shares_one_commit() throws Exception {
        long before = database.commits();

        List<String> outcomes = together(insert("a"), insert("b"), insert("c"));

        assertThat(outcomes).containsExactly("done", "done", "done");
        assertThat(actions()).containsExactly("first", "a", "b", "c");
        assertThat(database.commits() - before).isEqualTo(2);
    }

    @Test
    void work_that_fails_leaves_nothing_and_its_neighbours_stand() throws Exception {
        List<String> outcomes = together(
                insert("a"),
                insert("b").andThen(sql -> {
                    throw Problem.conflict("no", "On purpose.");
                }),
                sql -> sql.update("INSERT INTO no_such_table VALUES (1)"),
                sql -> database.run(insert("inside another")),
                insert("c"));

        assertThat(outcomes).containsExactly("done", "no", "internal", "IllegalStateException", "done");
        assertThat(actions()).containsExactly("first", "a", "c");
    }

    @Test
    void each_sees_what_those_before_it_did_so_that_one_wins() throws Exception {
        Consumer<Sql> once = sql -> {
            if (sql.update("UPDATE audit SET action = 'used' WHERE action = 'first'") == 0) {
                throw Problem.conflict("used", "Somebody was first.");
            }
        };

        assertThat(together(once, once, once)).containsExactly("done", "used", "used");
        assertThat(actions()).containsExactly("used");
    }

    @Test
    void a_commit_that_fails_fails_everybody_and_the_next_one_works() throws Exception {
        List<String> outcomes = together(insert("a"), SharedTransactionTest::cannotBeCommitted, insert("c"));

        assertThat(outcomes).containsOnly("internal");
        assertThat(actions()).containsExactly("first");
        assertThat(together(insert("d"), insert("e"))).containsOnly("done");
        assertThat(actions()).containsExactly("first", "first", "d", "e");
    }

    /** SQLite takes a whole transaction back when the disk is full, with what came before in it. */
    @Test
    void a_disk_that_fills_up_fails_everybody_whose_work_it_takes_away() throws Exception {
        database.run(sql -> sql.one("PRAGMA max_page_count = 1", row -> row.number("max_page_count")));

        List<String> outcomes = together(
                sql -> sql.update("UPDATE audit SET action = 'changed'"),
                sql -> insert("x".repeat(100_000)).accept(sql),
                sql -> sql.update("UPDATE audit SET action = 'changed'"));

        assertThat(outcomes).containsOnly("storage_full");
        assertThat(actions()).containsExactly("first");
        database.run(sql -> sql.one("PRAGMA max_page_count = 1000000", row -> row.number("max_page_count")));
        assertThat(together(insert("a"))).containsExactly("done");
    }

    @Test
    void who_gives_up_waiting_takes_no_part_and_keeps_nobody_from_it() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Future<String> first = start(holding(leave));
        Await.until("the first to begin", () -> database.isWriting());
        Thread impatient = new Thread(() -> outcome(insert("impatient")));
        impatient.start();
        Await.until("somebody to wait", () -> database.waiting() == 1);
        Future<String> patient = start(insert("patient"));
        Await.until("both to wait", () -> database.waiting() == 2);

        impatient.interrupt();
        impatient.join();
        leave.countDown();

        assertThat(first.get()).isEqualTo("done");
        assertThat(patient.get()).isEqualTo("done");
        assertThat(actions()).containsExactly("first", "patient");
    }

    /** Runs all of it while another transaction, which inserts "first", holds the writer; so it waits at the same time. */
    @SafeVarargs
    private List<String> together(Consumer<Sql>... works) throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        List<Future<String>> outcomes = new ArrayList<>();
        Future<String> first = start(holding(leave));
        Await.until("the first to begin", () -> database.isWriting());
        for (Consumer<Sql> work : works) {
            outcomes.add(start(work));
            Await.until("all to wait", () -> database.waiting() == outcomes.size());
        }
        leave.countDown();
        first.get();
        List<String> ends = new ArrayList<>();
        for (Future<String> outcome : outcomes) {
            ends.add(outcome.get());
        }
        return ends;
    }

    private static Consumer<Sql> holding(CountDownLatch leave) {
        return sql -> {
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            insert("first").accept(sql);
        };
    }

    private Future<String> start(Consumer<Sql> work) {
        return threads.submit(() -> outcome(work));
    }

    private String outcome(Consumer<Sql> work) {
        try {
            database.run(work);
            return "done";
        } catch (Problem problem) {
            return problem.code();
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static Consumer<Sql> insert(String action) {
        return sql -> sql.update("INSERT INTO audit (at, action) VALUES (1, ?)", action);
    }

    private static void cannotBeCommitted(Sql sql) {
        sql.update("PRAGMA defer_foreign_keys = ON");
        sql.update("INSERT INTO audit (at, action, actor_id) VALUES (1, 'orphan', 4711)");
    }

    private List<String> actions() {
        return database.read(sql -> sql.list("SELECT action FROM audit ORDER BY id", row -> row.text("action")));
    }
}
