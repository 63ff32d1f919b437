package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.error.Problem;
import dev.latchkey.testing.Accounts;
import dev.latchkey.testing.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamiliesTest {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration GRACE = Accounts.LIFETIMES.refreshGrace();

    @TempDir
    Path folder;

    private Accounts accounts;
    private User ada;
    private User grace;

    @BeforeEach
    void setUp() {
        accounts = new Accounts(folder);
        ada = accounts.setUp().user();
        grace = accounts.join(ada, "grace", Role.MEMBER);
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private StartedFamily start() {
        return accounts.database.write(
                sql -> accounts.families.start(sql, grace, Accounts.actor(grace), Origin.PASSWORD, "Backup script"));
    }

    private TokenPair refresh(String token) {
        return accounts.families.refresh(Accounts.NOBODY, token);
    }

    private void isRefused(String token) {
        assertThatThrownBy(() -> refresh(token))
                .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo("invalid_grant"));
    }

    private void isDead(TokenPair tokens) {
        assertThat(accounts.resolve(tokens.accessToken())).isEmpty();
        isRefused(tokens.refreshToken());
    }

    @Test
    void anAccessTokenStandsForItsPersonAndFamily() {
        StartedFamily family = start();

        Caller caller = accounts.resolve(family.tokens().accessToken()).orElseThrow();

        assertThat(caller.user().id()).isEqualTo(grace.id());
        assertThat(caller.actor()).isEqualTo(Accounts.actor(grace));
        assertThat(caller.credential().kind()).isEqualTo(Credential.Kind.ACCESS_TOKEN);
        assertThat(caller.credential().id()).isEqualTo(family.id());
        assertThat(caller.credential().name()).isEqualTo("Backup script");
        assertThat(caller.credential().scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(caller.credential().expiresAt())
                .isEqualTo(accounts.clock.instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void noTokenOfAFamilyLiesInTheDatabase() {
        TokenPair first = start().tokens();
        TokenPair second = refresh(first.refreshToken());
        for (String token : List.of(first.refreshToken(), second.refreshToken())) {
            assertThat(accounts.number(
                            "SELECT count(*) AS n FROM sessions WHERE token_hash = ? OR predecessor_hash = ?",
                            token,
                            token))
                    .isZero();
        }
    }

    @Test
    void anAccessTokenIsNoCookieAndNoRefreshTokenAndTheOtherWayRound() {
        TokenPair tokens = start().tokens();
        String session = accounts.logIn("ada").token();
        assertThat(accounts.credentials.cookie(tokens.accessToken(), Accounts.NOBODY, true))
                .isEmpty();
        assertThat(accounts.credentials.cookie(tokens.refreshToken(), Accounts.NOBODY, true))
                .isEmpty();
        assertThat(accounts.credentials.cookie(session, Accounts.NOBODY, true)).isPresent();
        assertThat(accounts.resolve(tokens.refreshToken())).isEmpty();
        isRefused(tokens.accessToken());
        isRefused(session);
        assertThat(accounts.resolve(tokens.accessToken())).isPresent();
    }

    @Test
    void eachRefreshReplacesTheTokenAndTheFamilyLivesOn() {
        StartedFamily family = start();
        TokenPair tokens = family.tokens();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seen.add(tokens.refreshToken());
            tokens = refresh(tokens.refreshToken());
            assertThat(tokens.refreshToken()).matches("lkr_[0-9A-Za-z]{43}").isNotIn(seen);
            assertThat(accounts.resolve(tokens.accessToken())
                            .orElseThrow()
                            .credential()
                            .id())
                    .isEqualTo(family.id());
        }
        assertThat(accounts.audited("family.refresh_reuse")).isEmpty();
    }

    @Test
    void theImmediatePredecessorGetsTheSameSuccessorForTenSeconds() {
        TokenPair first = start().tokens();
        TokenPair second = refresh(first.refreshToken());
        accounts.clock.advance(GRACE.minus(MOMENT));

        TokenPair again = refresh(first.refreshToken());

        assertThat(again.refreshToken()).isEqualTo(second.refreshToken());
        assertThat(again.accessToken()).isNotEqualTo(second.accessToken());
        assertThat(accounts.resolve(again.accessToken())).isPresent();
        refresh(second.refreshToken());
    }

    @Test
    void afterThatItEndsTheWholeFamily() {
        TokenPair first = start().tokens();
        TokenPair second = refresh(first.refreshToken());
        assertThat(accounts.resolve(second.accessToken())).isPresent();
        String mails = "SELECT count(*) AS n FROM mail WHERE recipient = 'grace@example.org'";
        long before = accounts.number(mails);
        accounts.clock.advance(GRACE);

        isRefused(first.refreshToken());

        isDead(second);
        assertThat(accounts.audited("family.refresh_reuse")).hasSize(1);
        assertThat(accounts.number(mails)).isEqualTo(before + 1);
        assertThat(accounts.number("SELECT count(*) AS n FROM spent_refresh_tokens"))
                .isZero();
    }

    @Test
    void fiftyRefreshesAtOnceLeaveOneLiveChain() throws InterruptedException {
        TokenPair first = start().tokens();
        Set<String> successors = ConcurrentHashMap.newKeySet();
        Set<String> accessTokens = ConcurrentHashMap.newKeySet();

        Map<String, Integer> outcomes = Race.run(50, i -> () -> {
            TokenPair tokens = refresh(first.refreshToken());
            successors.add(tokens.refreshToken());
            accessTokens.add(tokens.accessToken());
            return tokens;
        });

        assertThat(outcomes).isEqualTo(Map.of("won", 50));
        assertThat(successors).hasSize(1);
        assertThat(accessTokens)
                .hasSize(50)
                .allMatch(token -> accounts.resolve(token).isPresent());
        assertThat(accounts.number("SELECT count(*) AS n FROM spent_refresh_tokens"))
                .isEqualTo(1);
        accounts.clock.advance(GRACE);
        refresh(successors.iterator().next());
        isRefused(first.refreshToken());
    }

    @Test
    void fiftyReusesAtOnceEndTheFamilyOnce() throws InterruptedException {
        TokenPair first = start().tokens();
        TokenPair second = refresh(first.refreshToken());
        accounts.clock.advance(GRACE);
        Map<String, Integer> outcomes = Race.run(50, i -> () -> refresh(first.refreshToken()));
        assertThat(outcomes).isEqualTo(Map.of("invalid_grant", 50));
        assertThat(accounts.audited("family.refresh_reuse")).hasSize(1);
        isDead(second);
    }

    @Test
    void noEndIsOverlookedByARefreshThatIsUnderWay() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            StartedFamily family = start();
            List<TokenPair> got = new CopyOnWriteArrayList<>(List.of(family.tokens()));
            Race.run(6, i -> () -> {
                if (i == 0) {
                    accounts.sessions.end(Accounts.actor(grace), family.id());
                } else {
                    got.add(refresh(family.tokens().refreshToken()));
                }
                return null;
            });
            assertThat(got).allSatisfy(this::isDead);
        }
    }

    @Test
    void theEndedFamilyGivesNoSecondAlarm() {
        TokenPair first = start().tokens();
        refresh(first.refreshToken());
        accounts.clock.advance(GRACE);
        isRefused(first.refreshToken());
        isRefused(first.refreshToken());
        assertThat(accounts.audited("family.refresh_reuse")).hasSize(1);
    }

    @Test
    void anOlderTokenEndsTheFamilyEvenWithinTheTenSeconds() {
        TokenPair first = start().tokens();
        TokenPair second = refresh(first.refreshToken());
        TokenPair third = refresh(second.refreshToken());

        isRefused(first.refreshToken());

        isDead(third);
        isRefused(second.refreshToken());
    }

    @Test
    void onlyTheFamilyOfTheReusedTokenEnds() {
        TokenPair other = start().tokens();
        TokenPair first = start().tokens();
        refresh(first.refreshToken());
        accounts.clock.advance(GRACE);
        isRefused(first.refreshToken());
        assertThat(accounts.resolve(other.accessToken())).isPresent();
        refresh(other.refreshToken());
    }

    @Test
    void aFamilyEndsThirtyDaysAfterItsLastUse() {
        TokenPair tokens = start().tokens();
        for (int i = 0; i < 2; i++) {
            accounts.clock.advance(Accounts.IDLE.minus(MOMENT));
            tokens = refresh(tokens.refreshToken());
        }
        accounts.clock.advance(Accounts.IDLE);
        isDead(tokens);
    }

    @Test
    void aFamilyEndsAfterNinetyDaysInAnyCaseAndItsAccessTokensWithIt() {
        TokenPair tokens = start().tokens();
        for (int day = 0; day < 80; day += 20) {
            accounts.clock.advance(Duration.ofDays(20));
            tokens = refresh(tokens.refreshToken());
        }
        accounts.clock.advance(Duration.ofDays(10).minus(Duration.ofMinutes(5)));

        tokens = refresh(tokens.refreshToken());

        assertThat(tokens.life()).isEqualTo(Duration.ofMinutes(5));
        accounts.clock.advance(Duration.ofMinutes(5).minus(MOMENT));
        assertThat(accounts.resolve(tokens.accessToken())).isPresent();
        accounts.clock.advance(MOMENT);
        isDead(tokens);
    }

    @Test
    void anAccessTokenExpiresAndTheRefreshTokenGetsANewOne() {
        TokenPair tokens = start().tokens();
        accounts.clock.advance(tokens.life().minus(MOMENT));
        assertThat(accounts.resolve(tokens.accessToken())).isPresent();
        accounts.clock.advance(MOMENT);
        assertThat(accounts.resolve(tokens.accessToken())).isEmpty();
        assertThat(accounts.resolve(refresh(tokens.refreshToken()).accessToken()))
                .isPresent();
    }

    @Test
    void signingOutEndsTheFamilyAtOnce() {
        TokenPair tokens = start().tokens();
        accounts.credentials.signOut(accounts.resolve(tokens.accessToken()).orElseThrow(), null);
        isDead(tokens);
        assertThat(accounts.audited("family.end")).hasSize(1);
    }

    @Test
    void revokingAnyTokenOfAFamilyEndsIt() {
        TokenPair byAccess = start().tokens();
        accounts.credentials.revoke(Accounts.NOBODY, byAccess.accessToken());
        isDead(byAccess);

        TokenPair byRefresh = start().tokens();
        assertThat(accounts.resolve(byRefresh.accessToken())).isPresent();
        accounts.credentials.revoke(Accounts.NOBODY, byRefresh.refreshToken());
        isDead(byRefresh);

        TokenPair spent = start().tokens();
        TokenPair live = refresh(spent.refreshToken());
        accounts.credentials.revoke(Accounts.NOBODY, spent.refreshToken());
        isDead(live);

        assertThat(accounts.audited("family.end")).hasSize(3).allMatch(entry -> entry.actorId() == grace.id());
    }

    @Test
    void deactivationEndsEveryFamilyAndReactivationRevivesNone() {
        TokenPair tokens = start().tokens();
        assertThat(accounts.resolve(tokens.accessToken())).isPresent();
        accounts.users.deactivate(Accounts.actor(ada), grace.id());
        isDead(tokens);
        accounts.users.activate(Accounts.actor(ada), grace.id());
        isDead(tokens);
    }

    @Test
    void aChangeOfRoleEndsAccessTokensAndTheNextOneHasTheNewRole() {
        TokenPair tokens = start().tokens();
        assertThat(accounts.resolve(tokens.accessToken())).isPresent();

        accounts.change("UPDATE users SET role = 'manager' WHERE id = ?", grace.id());
        accounts.cache.remove(grace.id());
        assertThat(accounts.resolve(tokens.accessToken())).isEmpty();

        TokenPair next = refresh(tokens.refreshToken());
        assertThat(accounts.resolve(next.accessToken()).orElseThrow().user().role())
                .isEqualTo(Role.MANAGER);
    }

    @Test
    void aRoleThatComesBackRevivesNoAccessToken() {
        TokenPair tokens = start().tokens();
        accounts.change("UPDATE users SET access_epoch = access_epoch + 1 WHERE id = ?", grace.id());
        accounts.cache.remove(grace.id());
        assertThat(accounts.resolve(tokens.accessToken())).isEmpty();
        assertThat(accounts.resolve(refresh(tokens.refreshToken()).accessToken()))
                .isPresent();
    }

    @Test
    void aMembershipThatEndsEndsItsFamilies() {
        TokenPair tokens = start().tokens();
        accounts.change(
                "UPDATE users SET membership_ends_at = ? WHERE id = ?",
                accounts.clock.instant().plusSeconds(60),
                grace.id());
        accounts.cache.remove(grace.id());
        accounts.clock.advance(Duration.ofSeconds(60));
        isDead(tokens);
    }

    @Test
    void usesOfAccessTokensAreWrittenBehind() {
        StartedFamily family = start();
        accounts.clock.advance(Duration.ofMinutes(5));
        accounts.resolve(family.tokens().accessToken());
        accounts.sessions.flushLastUsed();
        assertThat(accounts.number("SELECT last_used_at AS n FROM sessions WHERE id = ?", family.id()))
                .isEqualTo(accounts.clock.instant().toEpochMilli());
    }

    @Test
    void sweepsSpentTokensInSmallBatchesBeforeTheirFamily() {
        TokenPair tokens = start().tokens();
        for (int i = 0; i < 5; i++) {
            tokens = refresh(tokens.refreshToken());
        }
        accounts.clock.advance(Accounts.IDLE.plus(Duration.ofDays(2)));
        int rounds = 0;
        while (accounts.sessions.sweepExpired(2) > 0) {
            rounds++;
        }
        assertThat(rounds).isGreaterThanOrEqualTo(2);
        assertThat(accounts.number("SELECT count(*) AS n FROM sessions")).isZero();
        assertThat(accounts.number("SELECT count(*) AS n FROM spent_refresh_tokens"))
                .isZero();
    }
}
