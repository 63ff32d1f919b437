package dev.latchkey.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Call;
import dev.latchkey.harness.Race;
import dev.latchkey.harness.RawHttp;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.TusClient;
import dev.latchkey.harness.World;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumableUploadRaceTest {
    private World world;
    private TusClient tus;

    @BeforeAll
    void start() {
        world = World.start();
        tus = new TusClient(world.http(), world.member());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static long count(List<Reply> replies, int status) {
        return replies.stream().filter(reply -> reply.status() == status).count();
    }

    private byte[] content(String mediaId) {
        return world.http()
                .get("/api/media/" + mediaId + "/content")
                .as(world.member())
                .expect(200)
                .body();
    }

    @Test
    void ofManyPiecesForOnePlaceOneIsTaken() {
        byte[][] pieces = new byte[Race.THREADS][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = random(20_000);
        }
        byte[] end = random(1);
        String upload = tus.begun(20_001);

        List<Reply> replies = Race.of(number -> tus.piece(upload, 0, pieces[number]));

        assertThat(count(replies, 204)).isOne();
        assertThat(count(replies, 409) + count(replies, 423)).isEqualTo(Race.THREADS - 1L);
        Reply last = tus.piece(upload, 20_000, end).expect(204);
        byte[] all = content(last.header("Latchkey-Media-Id"));
        int winner = 0;
        while (replies.get(winner).status() != 204) {
            winner++;
        }
        assertThat(all).startsWith(pieces[winner]).endsWith(end).hasSize(20_001);
    }

    @Test
    void aPieceAndAnEndAtTheSameMomentLeaveAMediumOrNothing() {
        for (int round = 0; round < 10; round++) {
            byte[] bytes = random(50_000);
            String upload = tus.begun(bytes.length);

            List<Reply> replies = Race.run(2, number -> {
                Call call = number == 0 ? tus.piece(upload, 0, bytes) : tus.end(upload);
                return call.send();
            });

            replies.get(1).expect(204);
            assertThat(replies.get(0).status()).as(replies::toString).isIn(204, 404);
            if (replies.get(0).status() == 204) {
                assertThat(content(replies.get(0).header("Latchkey-Media-Id"))).isEqualTo(bytes);
            }
            tus.look(upload).expect(404);
        }
        assertThat(world.server().dataDir().resolve("tmp")).isEmptyDirectory();
    }

    /** The connection of a laptop that was closed: nothing comes any more, and nobody hangs up. */
    @Test
    void whoComesBackGetsTheUploadFromAConnectionThatWentSilentAndNoByteIsLostOrDoubled() {
        byte[] bytes = random(600_000);
        String upload = tus.begun(bytes.length);
        try (RawHttp silent = world.server().raw()) {
            silent.write("PATCH " + upload + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n"
                    + "Authorization: Bearer " + world.member().token() + "\r\nUpload-Offset: 0\r\n"
                    + "Content-Type: " + TusClient.PIECE + "\r\nContent-Length: " + bytes.length + "\r\n\r\n");
            silent.offer(Arrays.copyOf(bytes, 250_000));
            Path file = world.server().dataDir().resolve("tmp").resolve(upload.replace("/api/uploads/", "upload-"));
            Await.until("something of it", () -> file.toFile().length() > 0);

            List<Reply> replies = Race.run(8, number -> {
                int there = (int) Long.parseLong(tus.look(upload).expect(200).header("Upload-Offset"));
                return tus.piece(upload, there, Arrays.copyOfRange(bytes, there, bytes.length))
                        .send();
            });

            List<Reply> ended = replies.stream()
                    .filter(reply -> reply.header("Latchkey-Upload-Status").equals("stored"))
                    .toList();
            assertThat(ended).hasSize(1);
            assertThat(content(ended.get(0).header("Latchkey-Media-Id"))).isEqualTo(bytes);
            assertThat(replies).extracting(Reply::status).isSubsetOf(204, 409, 423);
            assertThat(silent.isClosedByServer()).isTrue();
        }
    }

    @Test
    void fiftyThatEndWithTheSameBytesMakeOneMedium() {
        byte[] bytes = random(10_000);
        List<String> uploads = Race.run(10, number -> tus.begun(bytes.length));

        List<Reply> replies = Race.of(number -> number < 10
                ? tus.piece(uploads.get(number), 0, bytes)
                : tus.begin(bytes.length).body(TusClient.PIECE, bytes));

        assertThat(replies).allMatch(reply -> reply.status() == 204 || reply.status() == 201, "taken");
        assertThat(replies.stream()
                        .map(reply -> reply.header("Latchkey-Media-Id"))
                        .distinct())
                .hasSize(1);
        assertThat(replies.stream()
                        .filter(reply -> reply.header("Latchkey-Upload-Status").equals("stored")))
                .hasSize(1);
        assertThat(world.server().dataDir().resolve("tmp")).isEmptyDirectory();
    }
}
