package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Accounts accounts;
    private User ada;

    @BeforeEach
    void setUp() {
        accounts = new Accounts(folder);
        ada = accounts.setUp().user();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    @Test
    void aTokenStandsForItsPersonAndSession() {
        SignedIn signedIn = (SignedIn)
                accounts.signIn.logIn(Accounts.NOBODY, new Attempt("ada", Accounts.PASSWORD, " Study laptop "));

        Caller caller = accounts.resolve(signedIn.token()).orElseThrow();

        assertThat(caller.user()).isEqualTo(signedIn.user());
        assertThat(caller.actor()).isEqualTo(new Actor(ada.id(), "192.168.1.20", "test"));
        assertThat(caller.credential().name()).isEqualTo("Study laptop");
        assertThat(caller.credential().scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(caller.credential().expiresAt()).isEqualTo(signedIn.expiresAt());
        assertThat(accounts.number("SELECT count(*) AS n FROM sessions WHERE token_hash LIKE '%lks_%'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lks_",
                "lks_0000000000000000000000000000000000000000000",
                "lki_0000000000000000000000000000000000000000000",
                "' OR 1=1 --",
                "lks_\0"
            })
    void anythingElseStandsForNobody(String token) {
        assertThat(accounts.resolve(token)).isEmpty();
    }

    @Test
    void aSessionSlidesWhileItIsUsedAndEndsWhenItIsNot() {
        String token = accounts.logIn("ada").token();

        for (int i = 0; i < 2; i++) {
            accounts.clock.advance(Accounts.IDLE.minus(MOMENT));
            assertThat(accounts.resolve(token)).isPresent();
        }
        accounts.clock.advance(Accounts.IDLE);
        assertThat(accounts.resolve(token)).isEmpty();
    }

    @Test
    void aSessionEndsInAnyCase() {
        String token = accounts.logIn("ada").token();
        Duration step = Duration.ofDays(10);

        for (int day = 10; day < 90; day += 10) {
            accounts.clock.advance(step);
            assertThat(accounts.resolve(token)).isPresent();
        }
        accounts.clock.advance(step.minus(MOMENT));
        assertThat(accounts.resolve(token)).isPresent();
        accounts.clock.advance(MOMENT);
        assertThat(accounts.resolve(token)).isEmpty();
        assertThat(accounts.newSessions().resolve(token, Accounts.NOBODY, true)).isEmpty();
    }

    @Test
    void usesAreWrittenBehindAndOutliveARestart() {
        String token = accounts.logIn("ada").token();
        long written = accounts.number("SELECT max(last_used_at) AS n FROM sessions");
        accounts.clock.advance(Duration.ofDays(20));
        accounts.resolve(token);

        assertThat(accounts.number("SELECT max(last_used_at) AS n FROM sessions"))
                .isEqualTo(written);
        assertThat(accounts.sessions.list(ada.id(), Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(session -> assertThat(session.lastUsedAt()).isEqualTo(accounts.clock.instant()));

        accounts.sessions.flushLastUsed();
        accounts.clock.advance(Duration.ofDays(20));
        assertThat(accounts.newSessions().resolve(token, Accounts.NOBODY, true)).isPresent();
    }

    @Test
    void signingOutEndsTheSessionAtOnce() {
        String token = accounts.logIn("ada").token();
        Caller caller = accounts.resolve(token).orElseThrow();

        accounts.credentials.signOut(caller, null);
        accounts.credentials.signOut(caller, null);

        assertThat(accounts.resolve(token)).isEmpty();
        assertThat(accounts.audited("session.logout")).hasSize(1);
    }

    @Test
    void peopleEndTheirOwnSessionsAndNobodyElses() {
        User grace = accounts.join(ada, "grace", Role.MEMBER);
        String token = accounts.logIn("grace").token();
        long id = accounts.resolve(token).orElseThrow().credential().id();

        assertThatThrownBy(() -> accounts.sessions.end(Accounts.actor(ada), id))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("not_found"));
        assertThat(accounts.resolve(token)).isPresent();

        accounts.sessions.end(Accounts.actor(grace), id);
        assertThat(accounts.resolve(token)).isEmpty();
    }

    @Test
    void endingAllOthersKeepsTheCurrentOne() {
        accounts.join(ada, "grace", Role.MEMBER);
        String ofGrace = accounts.logIn("grace").token();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(accounts.logIn("ada").token());
        }
        others.forEach(accounts::resolve);
        String current = accounts.logIn("ada").token();
        long id = accounts.resolve(current).orElseThrow().credential().id();

        accounts.sessions.endOthers(Accounts.actor(ada), id);

        assertThat(others)
                .allSatisfy(token -> assertThat(accounts.resolve(token)).isEmpty());
        assertThat(accounts.resolve(current)).isPresent();
        assertThat(accounts.resolve(ofGrace)).isPresent();
        assertThat(accounts.sessions.list(ada.id(), Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void deactivationEndsEverySessionAndReactivationRevivesNone() {
        User grace = accounts.join(ada, "grace", Role.MEMBER);
        String token = accounts.logIn("grace").token();
        assertThat(accounts.resolve(token)).isPresent();

        accounts.users.deactivate(Accounts.actor(ada), grace.id());
        assertThat(accounts.resolve(token)).isEmpty();
        accounts.users.activate(Accounts.actor(ada), grace.id());
        assertThat(accounts.resolve(token)).isEmpty();
        assertThat(accounts.sessions.list(grace.id(), Long.MAX_VALUE, 10)).isEmpty();
        assertThat(accounts.resolve(accounts.logIn("grace").token())).isPresent();
    }

    @Test
    void aMembershipThatEndsEndsItsSessions() {
        User grace = accounts.join(ada, "grace", Role.MEMBER);
        accounts.change(
                "UPDATE users SET membership_ends_at = ? WHERE id = ?",
                accounts.clock.instant().plus(Duration.ofHours(1)),
                grace.id());
        accounts.cache.remove(grace.id());
        String token = accounts.logIn("grace").token();

        accounts.clock.advance(Duration.ofHours(1).minus(MOMENT));
        assertThat(accounts.resolve(token)).isPresent();
        accounts.clock.advance(MOMENT);
        assertThat(accounts.resolve(token)).isEmpty();
    }

    @Test
    void listsPagesOfLiveSessionsNewestFirst() {
        accounts.logIn("ada");
        accounts.clock.advance(Accounts.IDLE);
        accounts.logIn("ada");
        accounts.logIn("ada");

        List<Session> first = accounts.sessions.list(ada.id(), Long.MAX_VALUE, 1);
        List<Session> rest = accounts.sessions.list(ada.id(), first.get(0).id(), 10);

        assertThat(first.get(0).id()).isGreaterThan(rest.get(0).id());
        assertThat(rest).hasSize(1);
    }

    @Test
    void sweepsWhatEndedInSmallBatches() {
        for (int i = 0; i < 3; i++) {
            accounts.logIn("ada");
        }
        accounts.clock.advance(Accounts.IDLE.plus(Duration.ofDays(2)));
        String live = accounts.logIn("ada").token();

        assertThat(accounts.sessions.sweepExpired(3)).isEqualTo(3);
        assertThat(accounts.sessions.sweepExpired(3)).isEqualTo(1);
        assertThat(accounts.sessions.sweepExpired(3)).isZero();
        assertThat(accounts.resolve(live)).isPresent();
    }

    @Test
    void noRevocationIsOverlookedWhileOthersKeepAsking() throws Exception {
        User grace = accounts.join(ada, "grace", Role.MEMBER);
        ExecutorService askers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 100; round++) {
                String token = accounts.logIn("grace").token();
                AtomicBoolean done = new AtomicBoolean();
                List<Future<?>> asking = ask(askers, grace.id(), token, done);
                revoke(round, grace, token);

                assertThat(accounts.resolve(token)).as("round %d", round).isEmpty();
                done.set(true);
                for (Future<?> asker : asking) {
                    asker.get();
                }
                assertThat(accounts.resolve(token)).as("round %d, later", round).isEmpty();
                accounts.users.activate(Accounts.actor(ada), grace.id());
            }
        } finally {
            askers.shutdownNow();
        }
    }

    private List<Future<?>> ask(ExecutorService askers, long graceId, String token, AtomicBoolean done) {
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asking.add(askers.submit(() -> {
                while (!done.get()) {
                    accounts.cache.remove(graceId); // so that loads and removals meet all the time
                    accounts.resolve(token);
                }
            }));
        }
        return asking;
    }

    private void revoke(int round, User grace, String token) {
        if (round % 2 == 0) {
            accounts.users.deactivate(Accounts.actor(ada), grace.id());
        } else {
            accounts.resolve(token)
                    .ifPresent(caller -> accounts.sessions.end(
                            caller.actor(), caller.credential().id()));
        }
    }
}
