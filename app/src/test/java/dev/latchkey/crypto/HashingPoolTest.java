package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.ResetLinks;
import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.error.Problem;
import dev.latchkey.harness.Await;
import dev.latchkey.session.Attempt;
import dev.latchkey.testing.Accounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashingPoolTest {
    private static final int AT_WORK = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private static final int WAITING = 32;
    private static final int TOO_MANY = 7;

    private static void occupy(HashingPool pool, CountDownLatch release) {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Runnable work = () -> {
            try {
                pool.run(() -> {
                    begun.incrementAndGet();
                    release.await();
                    return null;
                });
            } catch (Problem full) {
                refused.incrementAndGet();
            }
        };
        for (int i = 0; i < AT_WORK + WAITING + 1; i++) {
            new Thread(work).start();
        }
        Await.until("a full pool", () -> refused.get() == 1 && begun.get() == AT_WORK);
    }

    /** While the pool is full, whatever costs a hash is told so; whatever costs none would be answered, and sooner. */
    @Test
    void whoeverANameBelongsToTheAnswerCostsAHash(@TempDir Path folder) {
        CountDownLatch release = new CountDownLatch(1);
        try (Accounts accounts = new Accounts(folder)) {
            User ada = accounts.setUp().user();
            for (String name : List.of("known", "locked", "wordless", "ended")) {
                accounts.join(ada, name, Role.MEMBER);
            }
            accounts.change("UPDATE users SET active = 0 WHERE username = 'locked'");
            accounts.change("UPDATE users SET password_hash = NULL WHERE username = 'wordless'");
            accounts.change("UPDATE users SET membership_ends_at = 1 WHERE username = 'ended'");
            accounts.change("UPDATE users SET password_hash = 'broken' WHERE username = 'ada'");
            ResetLinks links = new ResetLinks(
                    accounts.database,
                    accounts.instance,
                    accounts.links,
                    accounts.verification,
                    accounts.passwords,
                    accounts.outbox,
                    true,
                    accounts.audit,
                    accounts.clock);
            occupy(accounts.pool, release);

            for (String name : List.of("known", "locked", "wordless", "ended", "ada", "nobody")) {
                String address = name + "@example.org";
                for (String typed : List.of(name, address)) {
                    isBusy(() -> accounts.signIn.logIn(Accounts.NOBODY, new Attempt(typed, "wrong", null)));
                }
                isBusy(() -> links.request(Accounts.NOBODY, address, Accounts.SITE));
            }
            assertThat(accounts.audited("password.forgot")).isEmpty();
            release.countDown();
        } finally {
            release.countDown();
        }
    }

    private static void isBusy(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("busy"));
    }

    /** The promise: all cores but one are at work, 32 wait, and the rest is told at once to come again. */
    @Test
    void whatFindsNoPlaceIsRefusedAtOnceAndTheRestIsDone() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        ConcurrentLinkedQueue<Problem> refused = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        try (HashingPool pool = new HashingPool()) {
            for (int i = 0; i < AT_WORK + WAITING + TOO_MANY; i++) {
                Thread caller = new Thread(() -> {
                    try {
                        done.addAndGet(pool.run(() -> {
                            begun.incrementAndGet();
                            release.await();
                            return 1;
                        }));
                    } catch (Problem e) {
                        refused.add(e);
                    }
                });
                callers.add(caller);
                caller.start();
            }
            Await.until("those who find no place", () -> refused.size() == TOO_MANY);
            Await.until("those at work", () -> begun.get() == AT_WORK);
            assertThat(done).as("nobody who was refused waited for others").hasValue(0);

            release.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(done).hasValue(AT_WORK + WAITING);
        assertThat(refused).hasSize(TOO_MANY).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("busy");
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
            assertThat(problem.retryAfter()).isPresent();
        });
    }
}
