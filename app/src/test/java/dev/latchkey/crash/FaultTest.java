package dev.latchkey.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.harness.Await;
import dev.latchkey.harness.Race;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or broken: nothing is acknowledged, nothing is damaged, and the server lives on. */
class FaultTest {
    private static final int LIMIT_KIB = 2048;
    private static final int AT_ONCE = 8;

    @TempDir
    Path folder;

    @Test
    void an_upload_over_the_file_size_limit_is_refused_and_smaller_ones_still_work() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server =
                ServerProcess.start(data, "bash", "-c", "ulimit -f " + LIMIT_KIB + "; exec \"$0\" \"$@\"")) {
            HttpResponse<byte[]> large = upload(server, LIMIT_KIB * 1024 + 1);
            assertThat(large.statusCode()).isEqualTo(507);
            assertThat(ServerProcess.field(large, "code")).isEqualTo("storage_full");
            assertThat(files(data.resolve("tmp"))).isZero();
            assertThat(upload(server, 1000).statusCode()).isEqualTo(201);
        }
        DataFolderCheck.assertSound(data, Files.createDirectory(folder.resolve("scratch")));
    }

    @Test
    void a_database_that_may_not_grow_refuses_writes_and_recovers_nothing_lost() throws Exception {
        Path data = folder.resolve("data");
        int stored = 0;
        try (ServerProcess server =
                ServerProcess.start(data, "bash", "-c", "ulimit -f " + LIMIT_KIB + "; exec \"$0\" \"$@\"")) {
            int status = 201;
            while (status == 201 && stored < 500) {
                status = upload(server, 100 + stored).statusCode();
                stored += status == 201 ? 1 : 0;
            }
            assertThat(server.send("GET", "/api/media", null, null).statusCode())
                    .isEqualTo(200);
            assertThat(status).as("the write that did not fit").isIn(503, 507);
        }
        DataFolderCheck.assertSound(data, Files.createDirectory(folder.resolve("scratch")));
        try (ServerProcess server = ServerProcess.start(data)) {
            assertThat(upload(server, 5000).statusCode()).isEqualTo(201);
            assertThat(files(data.resolve("blobs"))).isGreaterThanOrEqualTo(stored + 1);
        }
    }

    @Test
    void a_failing_disk_is_never_acknowledged_and_the_server_lives_on() throws Exception {
        assumeTrue(straceWorks(), "strace is needed, and the right to trace");
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.start(data)) {
            int stored = 0;
            for (String calls : List.of("fsync,fdatasync", "pwrite64")) {
                for (String error : List.of("EIO", "ENOSPC")) {
                    assertRefusedWhile(server, calls, error, stored);
                    assertThat(upload(server, 1000 + ++stored).statusCode()).isEqualTo(201);
                }
            }
            assertThat(uploadsAtOnce(server)).containsOnly(201);
            stored += AT_ONCE;
            assertThat(list(server)).isEqualTo(stored);
        }
        DataFolderCheck.assertSound(data, Files.createDirectory(folder.resolve("scratch")));
    }

    private static List<Integer> uploadsAtOnce(ServerProcess server) {
        return Race.run(AT_ONCE, number -> {
            try {
                return upload(server, 2000 + number).statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void assertRefusedWhile(ServerProcess server, String calls, String error, int stored)
            throws Exception {
        Process strace = strace(server, "-e", "trace=" + calls, "-e", "inject=" + calls + ":error=" + error);
        HttpResponse<byte[]> refused = upload(server, 1000);
        List<Integer> together = uploadsAtOnce(server); // they wait for the database together, and fail together
        stop(strace);
        assertThat(together).allMatch(status -> status == 503 || status == 507);
        assertThat(refused.statusCode()).as("%s of %s", error, calls).isIn(503, 507);
        assertThat(new String(refused.body(), UTF_8)).contains("request_id").doesNotContain("sqlite", "Exception");
        assertThat(list(server)).as("the media there are").isEqualTo(stored);
    }

    private static HttpResponse<byte[]> upload(ServerProcess server, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return server.send("PUT", "/api/media/raw?filename=f" + size + ".bin", null, content);
    }

    private static int list(ServerProcess server) throws IOException {
        HttpResponse<byte[]> answer = server.send("GET", "/api/media", null, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), UTF_8).split("\"sha256\"", -1).length - 1;
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    static boolean straceWorks() throws Exception {
        try {
            Process trial = new ProcessBuilder("strace", "-o", "/dev/null", "true").start();
            return trial.waitFor(60, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Attaches to every thread of the server, and waits until it did. */
    static Process strace(ServerProcess server, String... options) throws Exception {
        Path messages = Files.createTempFile("strace", ".txt");
        java.util.List<String> command =
                new java.util.ArrayList<>(java.util.List.of("strace", "-f", "-p", Long.toString(server.pid())));
        if (!List.of(options).contains("-o")) {
            command.addAll(java.util.List.of("-o", "/dev/null"));
        }
        command.addAll(List.of(options));
        Process strace =
                new ProcessBuilder(command).redirectError(messages.toFile()).start();
        Await.until("strace to attach", () -> text(messages).contains("attached"));
        ServerProcess.pause(300); // it says so a moment before it watches
        return strace;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop(Process strace) throws Exception {
        strace.destroy();
        assertThat(strace.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
