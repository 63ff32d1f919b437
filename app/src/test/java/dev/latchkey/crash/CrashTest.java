package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.crash.Journal.State;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a busy server with SIGKILL at random points, sometimes again while it recovers, and holds what is there
 * afterwards against the journal. In full: {@code ./run.sh test -Dtest=CrashTest -Dcrash.kills=30}.
 */
class CrashTest {
    static final String ADMIN = "{\"username\":\"ada\",\"password\":\"a phrase of some length\"}";
    private static final int WORKERS = 4;

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Journal journal = new Journal();

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_survives_being_killed_and_what_was_not_is_whole_or_absent() throws Exception {
        System.out.println("CrashTest: crash.seed=" + seed);
        Path data = folder.resolve("data");
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        ServerProcess server = ServerProcess.start(data);
        String admin = ServerProcess.field(server.json("/api/auth/setup", null, ADMIN), "token");
        for (int kill = 0; kill < Integer.getInteger("crash.kills", 5); kill++) {
            workUntilKilled(server, admin);
            DataFolderCheck.assertSound(data, scratch);
            if (random.nextInt(3) == 0) {
                ServerProcess recovering = ServerProcess.launch(data);
                ServerProcess.pause(random.nextInt(1500));
                recovering.kill();
            }
            server = ServerProcess.start(data);
            assertJournal(server, admin);
        }
        server.close();
        DataFolderCheck.assertSound(data, scratch);
    }

    private void workUntilKilled(ServerProcess server, String admin) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            running.add(workers.submit(new Workload(server, journal, admin, over, random.nextLong())));
        }
        ServerProcess.pause(300 + random.nextInt(1500));
        server.kill();
        over.set(true);
        for (Future<?> worker : running) {
            worker.get();
        }
        workers.shutdown();
    }

    private void assertJournal(ServerProcess server, String admin) throws IOException {
        for (Map.Entry<Long, String> upload : journal.uploads.entrySet()) {
            assertMedium(server, admin, upload.getKey(), upload.getValue());
        }
        for (String hash : journal.sent) {
            int status = server.send("HEAD", "/api/media/by-hash/" + hash, admin, null)
                    .statusCode();
            assertThat(status).isIn(200, 404);
        }
        for (String token : journal.liveTokens) {
            assertThat(me(server, token)).isEqualTo(200);
        }
        for (String token : journal.deadTokens) {
            assertThat(me(server, token)).as("a token that was signed out").isEqualTo(401);
        }
        for (String invite : journal.usedInvites) {
            HttpResponse<byte[]> again = server.json("/api/auth/join-requests", null, Workload.joinBody(invite));
            assertThat(ServerProcess.field(again, "code")).isEqualTo("invite_invalid");
        }
    }

    private static int me(ServerProcess server, String token) throws IOException {
        return server.send("GET", "/api/auth/me", token, null).statusCode();
    }

    private void assertMedium(ServerProcess server, String admin, long id, String hash) throws IOException {
        HttpResponse<byte[]> content = server.send("GET", "/api/media/" + id + "/content", admin, null);
        State state = journal.states.get(id);
        if (state == State.STORED) {
            assertThat(content.statusCode()).isEqualTo(200);
        } else if (state != State.UNCERTAIN) {
            assertThat(content.statusCode()).as("a medium that was %s", state).isEqualTo(404);
        }
        if (content.statusCode() == 200) {
            assertThat(Workload.sha256(content.body())).isEqualTo(hash);
        }
    }
}
