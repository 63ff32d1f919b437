package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Keyring;
import dev.latchkey.harness.Keyring.SecondFactor;
import dev.latchkey.harness.Keyring.Tokens;
import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.MailServer;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever secret goes in or out, none of it stays readable: not in a file, not in the log, not in the audit log. */
class RecoverySecretsContractTest {
    private final List<String> secrets = new ArrayList<>();

    /** The part of a secret that tells it from others; prefixes may be seen. */
    private String secret(String secret) {
        secrets.add(secret.startsWith("lk") ? secret.substring(4) : secret);
        return secret;
    }

    @Test
    void noSecretIsKept() throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("email.verification", "true", "registration", "open"));
        try (MailServer mails = MailServer.start();
                LogLines log = LogLines.record()) {
            options.putAll(mails.options());
            try (World world = World.start(options)) {
                live(world, mails);
                assertThat(world.http()
                                .get("/api/audit?limit=200")
                                .as(world.admin())
                                .expect(200)
                                .text())
                        .doesNotContain(secrets);
                assertThat(world.http()
                                .get("/api/mail?limit=200")
                                .as(world.admin())
                                .expect(200)
                                .text())
                        .doesNotContain(secrets);
                world.server().stop();
                assertThat(secrets).hasSizeGreaterThan(30).noneMatch(String::isBlank);
                assertThat(log.text()).isNotEmpty().doesNotContain(secrets);
                nowhereIn(world.server().dataDir());
            }
        }
    }

    private void nowhereIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }

    private void live(World world, MailServer mails) {
        Keyring keys = new Keyring(world);
        secret(World.PASSWORD);
        Person person = keys.somebody("member");
        secret(person.token());
        mail(world, mails, person);
        links(world, keys, person);
        Person client = keys.somebody("member");
        tokens(keys, client);
        secondFactor(world, keys, client);
        typedWrong(world, keys);
    }

    private void mail(World world, MailServer mails, Person person) {
        world.http()
                .patch("/api/auth/me")
                .as(person)
                .json("email", "somebody@example.org", "current_password", person.password())
                .expect(200);
        String first = secret(mails.await("somebody@example.org").secret("token"));
        world.http().post("/api/auth/email/send-verification").as(person).json().expect(200);
        String second = secret(mails.await("somebody@example.org", 2).secret("token"));
        world.http().post("/api/auth/email/verify").json("token", second).expect(200);
        assertThat(first).startsWith("lkx_");
        world.http()
                .post("/api/auth/password/forgot")
                .json("email", "somebody@example.org")
                .expect(200);
        secret(mails.await("somebody@example.org", 3).secret("token"));
    }

    private void links(World world, Keyring keys, Person person) {
        keys.isGood(secret(keys.resetToken(person)));
        keys.reset(secret(keys.resetToken(person)), secret("Unrepeatable 11 reset words"))
                .expect(200);
        Reply created = world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "linked", "role", "member", "email", "linked@example.org")
                .expect(201);
        secret(created.textAt("/setup_url").replaceAll(".*token=", ""));
        world.http()
                .post("/api/users")
                .as(world.admin())
                .json("username", "prepared", "role", "member", "password", secret("Unrepeatable 12 given words"))
                .expect(201);
        keys.setPassword(person, secret("Unrepeatable 13 set words")).expect(204);
        Person again = world.signIn(new Person(person.id(), person.username(), "Unrepeatable 13 set words", ""));
        keys.changePassword(again, secret("Unrepeatable 14 chosen words")).expect(200);
        world.http()
                .post("/api/auth/password/check")
                .json("password", secret("Unrepeatable 15 checked words"))
                .expect(200);
        world.http()
                .post("/api/auth/register")
                .json("username", "comer", "password", secret("Unrepeatable 16 free words"))
                .expect(201);
        keys.reset(secret("lkx_" + "NobodyEverMadeThisLinkButItWasTyped12345678"), secret("Unrepeatable 17 lost words"))
                .expect(400);
    }

    private void tokens(Keyring keys, Person client) {
        Tokens first = keys.tokens(client);
        Tokens second = keys.refreshed(first);
        Tokens third = keys.refreshed(second);
        for (Tokens tokens : List.of(first, second, third)) {
            secret(tokens.refresh());
            secret(tokens.access());
            secret(tokens.access().split("\\.")[2]);
        }
        keys.me(third.access()).expect(200);
        keys.me(third.access() + "x").expect(401);
        assertThat(keys.refresh(first.refresh()).send().status()).isEqualTo(400);
        keys.revoke(secret(keys.tokens(client).refresh())).expect(200);
    }

    private void secondFactor(World world, Keyring keys, Person client) {
        SecondFactor factor = keys.enroll(client);
        secret(factor.app().secret());
        factor.backupCodes().forEach(this::secret);
        factor.backupCodes().forEach(code -> secret(code.replaceAll("[^A-Za-z0-9]", "")));
        String challenge = secret(keys.challenge(client));
        keys.answer(challenge, secret("Not-a-code-but-typed")).send();
        keys.answer(challenge, factor.backupCodes().get(0)).expect(200);
        String code = factor.app().codeAt(world.clock().instant());
        world.http()
                .post("/api/auth/totp/backup-codes")
                .as(client)
                .json("current_password", client.password(), "code", code)
                .expect(200)
                .at("/backup_codes")
                .forEach(fresh -> secret(fresh.asText()));
    }

    private void typedWrong(World world, Keyring keys) {
        keys.logIn("mel", secret("Wr0ng-but-typed-in-full")).expect(401);
        assertThat(keys.passwordGrant("mel", secret("Wr0ng-at-the-token-door"))
                        .send()
                        .status())
                .isEqualTo(400);
        keys.logIn(secret("MyPasswordInTheNameField77"), "x").expect(401);
        world.http()
                .post("/api/auth/password/change")
                .as(world.member())
                .json("current_password", secret("Wr0ng-current-one"), "new_password", "Unrepeatable 18 words")
                .refused(403, "wrong_password");
        keys.refresh(secret("lkr_NobodyEverMadeThisTokenButItWasSent12345")).send();
        keys.me(secret("eyJhbGciOiJIUzI1NiJ9.eyJzZWNyZXQiOiJ5ZXMifQ.c2lnbmF0dXJlLW9mLW5vYm9keQ"))
                .expect(401);
    }
}
