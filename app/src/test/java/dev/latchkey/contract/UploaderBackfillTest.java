package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.Person;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.TestServer;
import dev.latchkey.harness.World;
import org.junit.jupiter.api.Test;

class UploaderBackfillTest {
    @Test
    void whoUploadsAFileOfTheLocalTimeAgainBecomesItsUploader() {
        byte[] bytes = Sample.uniqueText();
        try (TestServer server = TestServer.start()) {
            Multipart file = Multipart.file("old.txt", bytes);
            long id =
                    server.http().post("/api/media").multipart(file).expect(200).longAt("/results/0/media_id");
            Person admin = World.setUp(server);
            Reply before = server.http().get("/api/media/" + id).as(admin).expect(200);
            assertThat(before.at("/uploader").isNull()).isTrue();

            Reply again =
                    server.http().post("/api/media").as(admin).multipart(file).expect(200);

            assertThat(again.textAt("/results/0/status")).isEqualTo("duplicate");
            Reply after = server.http().get("/api/media/" + id).as(admin).expect(200);
            assertThat(after.longAt("/uploader/id")).isEqualTo(admin.id());
            Reply me = server.http().get("/api/auth/me").as(admin).expect(200);
            assertThat(me.longAt("/user/used_bytes")).isEqualTo(bytes.length);
        }
    }
}
