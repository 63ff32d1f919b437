package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.OneTimeLink.Minted;
import dev.latchkey.account.OneTimeLink.Purpose;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import dev.latchkey.testing.Accounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneTimeLinksTest {
    @TempDir
    Path folder;

    private Accounts accounts;
    private OneTimeLinks links;
    private long ada;

    @BeforeEach
    void setUp() {
        accounts = new Accounts(folder);
        links = accounts.links;
        ada = accounts.setUp().user().id();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private <T> T write(Function<Sql, T> work) {
        return accounts.database.write(work);
    }

    private boolean is(Function<Sql, Boolean> question) {
        return accounts.database.write(question);
    }

    private Optional<OneTimeLink> find(Minted minted) {
        return write(sql -> links.find(sql, minted.purpose(), minted.token()));
    }

    private Minted reset() {
        return write(sql -> links.reset(sql, ada, OneTimeLinks.RESET_TTL));
    }

    @Test
    void aLinkWorksOnceUntilItExpiresAndOnlyItsHashIsStored() {
        Minted minted = reset();

        assertThat(minted.token()).startsWith("lkx_").hasSize(47);
        assertThat(minted.url("https://box.example"))
                .isEqualTo("https://box.example/reset-password#token=" + minted.token());
        assertThat(minted.toString()).doesNotContain(minted.token());
        assertThat(accounts.number(
                        "SELECT COUNT(*) AS n FROM one_time_links WHERE token_hash = ?", Secrets.hash(minted.token())))
                .isEqualTo(1);
        OneTimeLink link = find(minted).orElseThrow();
        assertThat(is(sql ->
                        links.find(sql, Purpose.VERIFICATION, minted.token()).isPresent()))
                .isFalse();
        assertThat(is(sql -> links.consume(sql, link))).isTrue();
        assertThat(is(sql -> links.consume(sql, link))).isFalse();
        assertThat(find(minted)).isEmpty();

        Minted late = reset();
        OneTimeLink found = find(late).orElseThrow();
        accounts.clock.advance(OneTimeLinks.RESET_TTL);
        assertThat(find(late)).isEmpty();
        assertThat(is(sql -> links.consume(sql, found))).isFalse();
    }

    @Test
    void aNewLinkEndsOlderOnesOfItsPurpose() {
        Minted first = reset();
        Minted verification = write(sql -> links.verification(sql, ada, "ada@example.org"));
        Minted second = reset();

        assertThat(find(first)).isEmpty();
        assertThat(find(second)).isPresent();
        assertThat(find(verification).orElseThrow().emailKey()).isEqualTo("ada@example.org");
        accounts.database.run(sql -> links.endAll(sql, ada));
        assertThat(find(second)).isEmpty();
        assertThat(find(verification)).isEmpty();
    }

    @Test
    void whatAStrangerAsksForEndsNoFirstLinkOfANewAccount() {
        Minted setup = write(sql -> links.reset(sql, ada, OneTimeLinks.SETUP_TTL));
        Minted first = write(sql -> links.resetOnRequest(sql, ada, "ada@example.org"));
        Minted second = write(sql -> links.resetOnRequest(sql, ada, "ada@example.org"));

        assertThat(find(setup)).isPresent();
        assertThat(find(first)).isEmpty();
        assertThat(find(second)).isPresent();
    }

    @Test
    void fiveWrongCodesKillALink() {
        Minted minted = reset();
        OneTimeLink link = find(minted).orElseThrow();
        for (int i = 0; i < 4; i++) {
            accounts.database.run(sql -> links.countFailure(sql, link));
        }
        assertThat(find(minted)).isPresent();
        accounts.database.run(sql -> links.countFailure(sql, link));
        assertThat(find(minted)).isEmpty();
        assertThat(is(sql -> links.consume(sql, link))).isFalse();
    }

    @Test
    void threeMailsAnHourAreEnough() {
        reset(); // an admin hands these on
        reset();
        reset();
        assertThat(waiting(links, Purpose.RESET)).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(waiting(links, Purpose.RESET)).isEmpty();
            write(sql -> links.resetOnRequest(sql, ada, "ada@example.org"));
            accounts.clock.advance(Duration.ofMinutes(5));
        }
        assertThat(waiting(links, Purpose.RESET)).contains(Duration.ofMinutes(45));
        assertThat(waiting(links, Purpose.VERIFICATION)).isEmpty();
        assertThat(waiting(new OneTimeLinks(accounts.secrets, 0, accounts.clock), Purpose.RESET))
                .isEmpty();
        accounts.clock.advance(Duration.ofMinutes(45));
        assertThat(waiting(links, Purpose.RESET)).isEmpty();
    }

    private Optional<Duration> waiting(OneTimeLinks asked, Purpose purpose) {
        return write(sql -> asked.wait(sql, ada, purpose));
    }
}
