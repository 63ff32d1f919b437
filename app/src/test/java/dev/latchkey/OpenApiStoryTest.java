package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Authenticator;
import dev.latchkey.harness.Await;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.ContractCheck;
import dev.latchkey.harness.Http;
import dev.latchkey.harness.Letterbox;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.StubJar;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks through everything that Latchkey does. The harness holds each answer against openapi.yaml; here we see to it
 * that no operation and no sort of error is left out.
 */
class OpenApiStoryTest {
    private static final ContractCheck CONTRACT = ContractCheck.shipped();

    @TempDir
    Path folder;

    private final Set<String> succeeded = new TreeSet<>();
    private final Set<Integer> refusals = new TreeSet<>();

    private Reply sent(Call call) {
        Reply reply = call.send();
        if (reply.status() >= 400) {
            refusals.add(reply.status());
        } else {
            succeeded.add(CONTRACT.operation(reply.method(), reply.path()).orElseThrow());
        }
        return reply;
    }

    @Test
    void everyOperationAnswersAsTheContractSays() {
        try (TestServer local = TestServer.start(Map.of(), StubJar.in(folder))) {
            server(local.http());
            sent(local.http().put("/api/media/raw?filename=a.txt").body(Sample.uniqueText()));
            sent(local.http().get("/api/media"));
            sent(local.http().post("/api/auth/setup").json("username", "ada", "password", World.PASSWORD));
        }
        try (World world = World.start(withMail())) {
            email(world);
            passwords(world);
            signIn(world.http(), world.guest());
            devices(world);
            personalTokens(world);
            secondFactor(world);
            joining(world);
            joinCodes(world);
            people(world);
            uploads(world.http(), world.member());
            resumableUploads(world.http(), world.member());
            media(world);
            deletions(world);
            trash(world);
            audit(world);
        }
        mail();
        assertThat(succeeded).isEqualTo(CONTRACT.operations());
    }

    private void server(Http http) {
        List.of("/api/health", "/api/health/ready", "/api/instance", "/api/openapi.yaml", "/api/docs")
                .forEach(path -> sent(http.get(path)));
        List.of("/cli/install.sh", "/cli/download", "/cli/latchkey.jar.sha256").forEach(path -> sent(http.get(path)));
    }

    private void signIn(Http http, Person person) {
        Call login = http.post("/api/auth/login")
                .json("username", person.username(), "password", person.password(), "device_name", "Phone");
        Person again = person.with(sent(login).textAt("/token"));
        sent(http.post("/api/auth/login")
                .json("username", person.username(), "password", person.password(), "cookie", true));
        sent(http.get("/api/auth/me").as(again));
        sent(http.patch("/api/auth/me").as(again).json("display_name", "Gus G.", "timezone", "Europe/London"));
        String refreshToken = sent(http.post("/api/auth/token")
                        .form("grant_type", "password", "username", person.username(), "password", person.password()))
                .textAt("/refresh_token");
        sent(http.post("/api/auth/revoke").form("token", refreshToken));
        long id = sent(http.get("/api/auth/sessions?limit=1").as(again)).longAt("/items/0/id");
        sent(http.delete("/api/auth/sessions/" + id).as(person));
        sent(http.delete("/api/auth/sessions").as(person));
        sent(http.post("/api/auth/logout").as(person).json());
    }

    /** Mails stay in the outbox, where the story reads them. */
    private static Map<String, String> withMail() {
        Map<String, String> settings = new HashMap<>(Letterbox.NO_MAIL_SERVER);
        settings.put("email.verification", "true");
        return settings;
    }

    private void passwords(World world) {
        Http http = world.http();
        Person pat = world.join("pat", "guest");
        sent(http.post("/api/auth/password/check").json("password", "password1", "username", "pat"));
        sent(http.post("/api/auth/password/change")
                .as(pat)
                .json("current_password", World.PASSWORD, "new_password", "another 20 lanterns"));
        sent(http.post("/api/auth/password/forgot").json("email", "nobody@example.org"));
        Call issue = http.post("/api/users/" + pat.id() + "/reset-password").as(world.admin());
        String token = sent(issue).textAt("/reset_token");
        sent(http.post("/api/auth/password/verify-reset-token").json("token", token));
        sent(http.post("/api/auth/password/reset").json("token", token, "new_password", World.PASSWORD));
    }

    private void email(World world) {
        Http http = world.http();
        Letterbox letters = new Letterbox(world.server());
        sent(http.get("/api/auth/email/verification-status"));
        http.patch("/api/auth/me")
                .as(world.guest())
                .json("email", "gus@example.org", "current_password", World.PASSWORD)
                .expect(200);
        sent(http.post("/api/auth/email/send-verification").as(world.guest()));
        sent(http.post("/api/auth/email/verify")
                .json("token", letters.last("gus@example.org").token()));
    }

    private void devices(World world) {
        Http http = world.http();
        Person owner = world.member();
        Reply asked = sent(http.post("/api/auth/device").form("client_name", "Kitchen screen"));
        String userCode = asked.textAt("/user_code");
        sent(http.get("/api/auth/device/" + userCode).as(owner));
        sent(http.post("/api/auth/device/approve").as(owner).json("user_code", userCode));
        String grant = "urn:ietf:params:oauth:grant-type:device_code";
        sent(http.post("/api/auth/token").form("grant_type", grant, "device_code", asked.textAt("/device_code")));
        String other = sent(http.post("/api/auth/device")).textAt("/user_code");
        sent(http.post("/api/auth/device/deny").as(owner).json("user_code", other));
        sent(http.get("/api/auth/device/" + other).as(owner));
    }

    private void personalTokens(World world) {
        Http http = world.http();
        Person owner = world.member();
        Reply made = sent(http.post("/api/auth/tokens").as(owner).json("name", "Backup", "expires_in_days", null));
        sent(http.get("/api/auth/me").bearer(made.textAt("/token")));
        sent(http.get("/api/auth/tokens?limit=1").as(owner));
        sent(http.get("/api/auth/tokens/" + made.longAt("/id")).as(owner));
        sent(http.get("/api/auth/admin/tokens").as(world.admin()));
        sent(http.delete("/api/auth/tokens/" + made.longAt("/id")).as(owner));
        Reply other = sent(http.post("/api/auth/tokens").as(owner).json("name", "Other", "expires_in_days", 1));
        sent(http.delete("/api/auth/admin/tokens/" + other.longAt("/id")).as(world.admin()));
    }

    private void secondFactor(World world) {
        Http http = world.http();
        Person person = world.join("sam", "guest");
        Call enroll = http.post("/api/auth/totp/enroll").as(person).json("current_password", World.PASSWORD);
        Authenticator app = new Authenticator(sent(enroll).textAt("/secret"));
        String code = app.codeAt(world.clock().instant());
        Reply on = sent(http.post("/api/auth/totp/confirm").as(person).json("code", code));
        Call login = http.post("/api/auth/login").json("username", "sam", "password", World.PASSWORD);
        String challenge = sent(login).textAt("/challenge");
        sent(http.post("/api/auth/login/second-factor")
                .json("challenge", challenge, "code", on.textAt("/backup_codes/0")));
        Reply codes = sent(http.post("/api/auth/totp/backup-codes")
                .as(person)
                .json("current_password", World.PASSWORD, "code", on.textAt("/backup_codes/1")));
        sent(http.post("/api/auth/totp/disable")
                .as(person)
                .json("current_password", World.PASSWORD, "code", codes.textAt("/backup_codes/0")));
        sent(http.post("/api/users/" + person.id() + "/reset-second-factor").as(world.admin()));
    }

    private void joinCodes(World world) {
        Http http = world.http();
        Person manager = world.manager();
        Call party = http.post("/api/auth/join-codes").as(manager).json("guest_name", "Aunt May", "max_uses", 0);
        Reply made = sent(party);
        Call exchange = http.post("/api/auth/join-codes/exchange");
        sent(exchange.json("code", made.textAt("/code")));
        sent(http.post("/api/auth/join-codes/exchange").json("code", made.textAt("/code"), "cookie", true));
        sent(http.post("/api/auth/join-codes/exchange").json("code", "nothing"));
        sent(http.get("/api/auth/join-codes").as(manager));
        sent(http.delete("/api/auth/join-codes/" + made.longAt("/id")).as(manager));
        sent(http.delete("/api/auth/join-codes?user_id=" + made.longAt("/user/id"))
                .as(manager));
    }

    private void joining(World world) {
        Http http = world.http();
        Person manager = world.manager();
        Call invite = http.post("/api/auth/invites").as(manager);
        long spare = sent(invite.json("role", "guest", "email", "eve@example.org", "note", "Eve", "membership_days", 9))
                .longAt("/id");
        sent(http.get("/api/auth/invites").as(manager));
        sent(http.delete("/api/auth/invites/" + spare).as(manager));
        long wanted = world.ask("wanda", "member");
        long unwanted = world.ask("ulf", "guest");
        sent(http.post("/api/auth/join-requests")
                .json("invite_token", world.invite(), "username", "pia", "password", World.PASSWORD));
        sent(http.post("/api/auth/register")
                .json(
                        "invite_token",
                        world.invite("auto_approve", true),
                        "username",
                        "rosa",
                        "password",
                        World.PASSWORD));
        sent(http.get("/api/auth/join-requests?status=pending").as(manager));
        long id = sent(http.post("/api/auth/join-requests/" + wanted + "/approve")
                        .as(manager))
                .longAt("/user/id");
        sent(http.post("/api/auth/join-requests/" + unwanted + "/reject").as(manager));
        sent(http.get("/api/auth/join-requests").as(world.admin()));
        sent(http.post("/api/users/" + id + "/deactivate").as(world.admin()));
        sent(http.post("/api/users/" + id + "/activate").as(world.admin()));
    }

    private void people(World world) {
        Http http = world.http();
        Person admin = world.admin();
        sent(http.get("/api/users?role=member&active=true&q=m&limit=1").as(admin));
        long id = sent(http.post("/api/users").as(admin).json("username", "hal", "role", "guest"))
                .longAt("/id");
        sent(http.post("/api/users")
                .as(admin)
                .json("username", "dave", "role", "member", "email", "dave@example.org", "password", World.PASSWORD));
        String path = "/api/users/" + id;
        sent(http.get(path).as(admin));
        sent(http.patch(path).as(admin).json("quota_bytes", 5, "membership_ends_at", "2100-01-01T00:00:00Z"));
        sent(http.post(path + "/set-password").as(admin).json("password", World.PASSWORD));
        sent(http.post(path + "/end-sessions").as(admin));
        sent(http.post(path + "/clear-delay").as(admin));
        sent(http.delete(path).as(admin));
    }

    private void uploads(Http http, Person person) {
        byte[] note = Sample.uniqueText();
        sent(http.post("/api/media")
                .as(person)
                .multipart(Multipart.file("note.txt", note)
                        .and("photo.png", Sample.uniqueImage("png"))
                        .and("again.txt", note)
                        .and("empty.txt", new byte[0])));
        sent(http.put("/api/media/raw?filename=note.txt").as(person).body(note));
        sent(http.put("/api/media/raw?filename=new.txt").as(person).body(Sample.uniqueText()));
        sent(http.head("/api/media/by-hash/" + Sample.sha256(note)).as(person));
    }

    private void media(World world) {
        Http http = world.http();
        long id = world.upload(world.member(), "beach.png", Sample.uniqueImage("png"));
        String path = "/api/media/" + id;
        sent(http.patch(path).as(world.member()).json("title", "The beach", "tags", List.of("summer")));
        sent(http.get(path).as(world.admin()));
        sent(http.get("/api/media?kind=image&tag=summer&q=bea&order=size&from=2000-01-01T00:00:00Z")
                .as(world.admin()));
        sent(http.get("/api/media?limit=1&order=name").as(world.admin()));
        sent(http.get("/api/media?order=taken&taken_from=2000-01-01T00:00:00Z").as(world.admin()));
        sent(http.get("/api/tags?q=SU&limit=5").as(world.admin()));
        sent(http.get("/api/uploaders").as(world.admin()));
        sent(http.get("/api/media/timeline?zone=Europe/Berlin&tag=summer").as(world.admin()));
        String content = path + "/content";
        String etag = sent(http.get(content).as(world.member())).header("ETag");
        sent(http.get(content + "?download=true").as(world.member()).header("Range", "bytes=0-3"));
        sent(http.get(content).as(world.member()).header("If-None-Match", etag));
        sent(http.head(content).as(world.member()));
        Await.until(
                "a thumbnail",
                () -> !http.get(path)
                        .as(world.member())
                        .expect(200)
                        .at("/thumbnail_url")
                        .isNull());
        sent(http.get(path + "/thumbnail?size=1024").as(world.member()));
    }

    private void trash(World world) {
        Http http = world.http();
        byte[] bytes = Sample.uniqueText();
        long id = world.upload(world.member(), "old.txt", bytes);
        sent(http.delete("/api/media/" + id).as(world.member()));
        sent(http.get("/api/system").as(world.admin()));
        sent(http.get("/api/events").as(world.member()));
        sent(http.get("/api/trash").as(world.member()));
        sent(http.post("/api/trash/" + id + "/restore").as(world.member()));
        sent(http.delete("/api/media/" + id).as(world.member()));
        sent(http.put("/api/media/raw?filename=back.txt").as(world.member()).body(bytes));
        sent(http.delete("/api/media/" + id).as(world.manager()));
        sent(http.delete("/api/trash/" + id).as(world.manager()));
    }

    private void resumableUploads(Http all, Person member) {
        Http http = all.with("Tus-Resumable", "1.0.0").with("Authorization", "Bearer " + member.token());
        String type = "application/offset+octet-stream";
        sent(all.call("OPTIONS", "/api/uploads"));
        Call begin = http.post("/api/uploads").header("Upload-Length", "40");
        String upload =
                sent(begin.body(type, Sample.utf8("twenty bytes of text"))).header("Location");
        sent(all.call("OPTIONS", upload));
        sent(http.head(upload));
        sent(http.patch(upload).header("Upload-Offset", "20").body(type, Sample.utf8("and twenty more of i")));
        sent(http.delete(upload));
    }

    private void deletions(World world) {
        Http http = world.http();
        for (String verb : List.of("approve", "reject")) {
            long media = world.upload(world.manager(), "party.txt", Sample.uniqueText());
            String path = "/api/media/" + media + "/deletion-requests";
            long id = sent(http.post(path).as(world.member()).json("reason", "I am in it"))
                    .longAt("/deletion_request_id");
            sent(http.get("/api/deletion-requests?status=pending").as(world.manager()));
            sent(http.post("/api/deletion-requests/" + id + "/" + verb).as(world.manager()));
        }
    }

    private void mail() {
        Map<String, String> nobodyAnswers =
                Map.of("smtp.host", "127.0.0.1", "smtp.port", "1", "smtp.from", "a@example.org", "smtp.tls", "none");
        try (World world = World.start(nobodyAnswers)) {
            Http http = world.http();
            world.invite("email", "eve@example.org");
            long id = sent(http.get("/api/mail?state=pending&limit=1").as(world.admin()))
                    .longAt("/items/0/id");
            sent(http.post("/api/mail/" + id + "/retry").as(world.admin()));
            sent(http.delete("/api/mail/" + id).as(world.admin()));
        }
    }

    private void audit(World world) {
        sent(world.http().get("/api/audit?action=media.upload&limit=2").as(world.admin()));
        sent(world.http().get("/api/audit").as(world.admin()));
        sent(world.http().get("/api/audit").as(world.admin()).header("Accept", "application/x-ndjson"));
    }

    @Test
    void everySortOfErrorIsAsTheContractSays() {
        try (World world = World.start(Map.of("upload.max_bytes", "1000"))) {
            refusedSignIns(world);
            refusedWork(world);
            refusedForms(world);
        }
        Map<String, String> strict = Map.of("throttle.factor", "1", "storage.reserve_bytes", "7000000TB");
        try (TestServer server = TestServer.start(strict)) {
            Http http = server.http();
            sent(http.put("/api/media/raw?filename=a.txt").body(Sample.uniqueText()));
            sent(http.get("/api/auth/me"));
            for (int attempt = 0; attempt < 6; attempt++) {
                sent(http.post("/api/auth/setup").json("username", "ada", "password", "short"));
            }
        }
        assertThat(refusals).contains(400, 401, 403, 404, 405, 409, 413, 415, 416, 422, 429, 507);
    }

    private void refusedSignIns(World world) {
        Http http = world.http();
        sent(http.get("/api/auth/me"));
        sent(http.get("/api/auth/me").bearer("lks_" + "0".repeat(43)));
        sent(http.post("/api/auth/login").json("username", "ada", "password", "wrong"));
        sent(http.post("/api/auth/login").json("username", "ada"));
        sent(http.post("/api/auth/setup").json("username", "eve", "password", World.PASSWORD));
        sent(http.post("/api/auth/login")
                .header("Origin", "http://evil.example")
                .json("username", "ada", "password", World.PASSWORD));
        sent(http.post("/api/auth/token").form("grant_type", "password", "username", "ada", "password", "wrong"));
        sent(http.post("/api/auth/token").form("grant_type", "refresh_token", "refresh_token", "lkr_none"));
        sent(http.post("/api/auth/token").json("grant_type", "password", "username", 7));
        sent(http.post("/api/auth/token").text("text/plain", "grant_type=password"));
        world.ask("petra", "guest");
        sent(http.post("/api/auth/login").json("username", "petra", "password", World.PASSWORD));
    }

    private void refusedWork(World world) {
        Http http = world.http();
        long id = world.upload(world.manager(), "note.txt", Sample.uniqueText());
        sent(http.get("/api/media/99999999").as(world.guest()));
        sent(http.get("/api/nothing").as(world.guest()));
        sent(http.get("/api/media/" + id + "/thumbnail").as(world.guest()));
        sent(http.put("/api/media").as(world.member()));
        sent(http.get("/api/media?limit=201").as(world.member()));
        sent(http.get("/api/media/" + id + "/content").as(world.member()).header("Range", "bytes=9999-"));
        sent(http.delete("/api/media/" + id).as(world.member()));
        sent(http.delete("/api/media/" + id).as(world.guest()));
        sent(http.delete("/api/trash/" + id).as(world.manager()));
        sent(http.put("/api/media/raw?filename=big.txt").as(world.member()).body(new byte[1001]));
        sent(http.put("/api/media/raw?filename=empty.txt").as(world.member()).body(new byte[0]));
        sent(http.put("/api/media/raw").as(world.member()).body(Sample.uniqueText()));
        sent(http.post("/api/media").as(world.member()).text("text/plain", "no form"));
        sent(http.post("/api/users/" + world.admin().id() + "/deactivate").as(world.admin()));
        sent(http.get("/api/audit?since=yesterday").as(world.admin()));
    }

    private void refusedForms(World world) {
        Http http = world.http();
        Call invite = http.post("/api/auth/invites").as(world.manager());
        sent(invite.json("role", "admin"));
        sent(http.post("/api/auth/invites").as(world.manager()).json("ttl_hours", -1));
        sent(http.post("/api/auth/invites").as(world.manager()).text("application/json", "{"));
        sent(http.post("/api/auth/invites").as(world.manager()).text("text/plain", "{}"));
        sent(ask(world, "invite_token", "lki_none", "username", "ned", "password", World.PASSWORD));
        sent(ask(world, "invite_token", world.invite(), "username", "ada", "password", World.PASSWORD));
        sent(ask(world, "invite_token", world.invite(), "username", "ned", "password", "password"));
        sent(ask(world, "invite_token", world.invite(), "username", "ned ned", "password", World.PASSWORD));
        long request = world.ask("nora", "guest");
        world.approve(request);
        sent(http.post("/api/auth/join-requests/" + request + "/reject").as(world.manager()));
    }

    private static Call ask(World world, Object... fields) {
        return world.http().post("/api/auth/join-requests").json(fields);
    }
}
