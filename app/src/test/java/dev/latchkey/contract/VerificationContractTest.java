package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Call;
import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A link that verifies an address: for that address, once, for a day; and what an address is worth without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationContractTest {
    private MailServer mails;
    private World world;
    private Keyring keys;

    @BeforeAll
    void start() {
        mails = MailServer.start();
        Map<String, String> options = new HashMap<>(mails.options());
        options.put("email.verification", "true");
        world = World.start(options);
        keys = new Keyring(world);
    }

    @AfterAll
    void stop() {
        world.close();
        mails.close();
    }

    private Person withAddress(String address) {
        Person person = keys.somebody("member");
        changeAddress(person, address);
        return person;
    }

    private void changeAddress(Person person, String address) {
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", address, "current_password", person.password())
                .expect(200);
    }

    private Call verify(String token) {
        return world.http().post("/api/auth/email/verify").json("token", token);
    }

    private boolean isVerified(Person person) {
        return keys.me(person.token()).expect(200).at("/user/email_verified").asBoolean();
    }

    @Test
    void fiftyUsesOfALinkAreOne() {
        Person person = withAddress("fifty@example.org");
        assertThat(isVerified(person)).isFalse();
        String token = mails.await("fifty@example.org").secret("token");
        List<Reply> replies = Race.of(number -> verify(token));
        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        replies.stream().filter(reply -> reply.status() != 200).forEach(reply -> reply.refused(400, "token_invalid"));
        assertThat(isVerified(person)).isTrue();
    }

    @Test
    void aLinkIsBoundToItsAddress() {
        Person person = withAddress("first@example.org");
        String first = mails.await("first@example.org").secret("token");
        changeAddress(person, "second@example.org");
        verify(first).refused(400, "token_invalid");
        String second = mails.await("second@example.org").secret("token");
        changeAddress(person, "first@example.org");
        verify(first).refused(400, "token_invalid");
        verify(second).refused(400, "token_invalid");
        assertThat(isVerified(person)).isFalse();
        verify(mails.await("first@example.org", 2).secret("token")).expect(200);
        keys.change(person, "email", "third@example.org").expect(200);
        assertThat(isVerified(person)).isFalse();
    }

    @Test
    void aLinkLivesADay() {
        Person person = withAddress("day@example.org");
        String token = mails.await("day@example.org").secret("token");
        world.clock().advance(Duration.ofHours(24));
        verify(token).refused(400, "token_invalid");
        world.http().post("/api/auth/email/send-verification").as(person).json().expect(200);
        world.clock().advance(Duration.ofHours(24).minusSeconds(1));
        verify(mails.await("day@example.org", 2).secret("token")).expect(200);
        world.http().post("/api/auth/email/send-verification").as(person).json().refused(400, "already_verified");
    }

    @Test
    void aLinkOpensNothingElseAndNoOtherLinkVerifies() {
        Person person = withAddress("kinds@example.org");
        String token = mails.await("kinds@example.org").secret("token");
        keys.reset(token, "another harbour 20 lanterns").refused(400, "token_invalid");
        assertThat(keys.isGood(token)).isFalse();
        keys.me(token).expect(401);
        verify(keys.resetToken(person)).refused(400, "token_invalid");
        verify("lkx_" + "0".repeat(43)).refused(400, "token_invalid");
        verify(token).expect(200);
    }

    @Test
    void aLinkOfSomebodyWhoIsGoneDoesNotWork() {
        Person person = withAddress("gone@example.org");
        String token = mails.await("gone@example.org").secret("token");
        keys.order(person, "deactivate").expect(200);
        verify(token).refused(400, "token_invalid");
        keys.order(person, "activate").expect(200);
        Reply seen =
                world.http().get("/api/users/" + person.id()).as(world.admin()).expect(200);
        assertThat(seen.at("/email_verified").asBoolean()).isFalse();
    }

    @Test
    void aResetGoesToVerifiedAddressesOnly() {
        Person person = withAddress("unproved@example.org");
        String token = mails.await("unproved@example.org").secret("token");
        String before = forgot("unproved@example.org").text();
        String stranger = forgot("stranger@example.org").text();
        assertThat(before).isEqualTo(stranger);
        verify(token).expect(200);
        assertThat(forgot("Unproved@Example.org").text()).isEqualTo(stranger);
        String link = mails.await("unproved@example.org", 2).secret("token");
        assertThat(mails.to("unproved@example.org")).hasSize(2);
        keys.reset(link, "another harbour 20 lanterns").expect(200);
        assertThat(isVerified(
                        world.signIn(new Person(person.id(), person.username(), "another harbour 20 lanterns", ""))))
                .isTrue();
        assertThat(mails.to("stranger@example.org")).isEmpty();
    }

    private Reply forgot(String address) {
        return world.http()
                .post("/api/auth/password/forgot")
                .json("email", address)
                .expect(200);
    }

    @Test
    void whoeverHasNoAddressCannotVerifyOne() {
        Person person = keys.somebody("member");
        Reply reply = world.http()
                .post("/api/auth/email/send-verification")
                .as(person)
                .json()
                .send();
        assertThat(reply.status()).as(reply::toString).isBetween(400, 422);
    }

    @Test
    void switchedOffItSaysSo() {
        try (World off = World.start()) {
            assertThat(off.http()
                            .get("/api/auth/email/verification-status")
                            .expect(200)
                            .at("/enabled")
                            .asBoolean())
                    .isFalse();
            off.http()
                    .post("/api/auth/email/send-verification")
                    .as(off.member())
                    .json()
                    .refused(403, "verification_disabled");
        }
        assertThat(world.http()
                        .get("/api/auth/email/verification-status")
                        .expect(200)
                        .at("/enabled")
                        .asBoolean())
                .isTrue();
    }
}
