package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of one upload: kill -9 cannot show whether the disk was told in the right order. */
class SyncOrderTest {
    @TempDir
    Path folder;

    @Test
    void an_upload_syncs_file_then_renames_then_syncs_folder_then_database_then_answers() throws Exception {
        assumeTrue(FaultTest.straceWorks(), "strace is needed, and the right to trace");
        Path data = folder.resolve("data");
        Path trace = folder.resolve("trace");
        try (ServerProcess server = ServerProcess.start(data)) {
            server.send("PUT", "/api/media/raw?filename=first.bin", null, new byte[] {1});
            Process strace = FaultTest.strace(
                    server,
                    "-y",
                    "-e",
                    "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto",
                    "-o",
                    trace.toString());
            byte[] content = "the order of things".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(server.send("PUT", "/api/media/raw?filename=second.txt", null, content)
                            .statusCode())
                    .isEqualTo(201);
            FaultTest.stop(strace);
        }
        List<String> calls = Files.readAllLines(trace);
        int file = first(calls, 0, "sync\\(.*/tmp/");
        int rename = first(calls, file, "rename.*/tmp/.*/blobs/");
        int folderSync = first(calls, rename, "sync\\(.*/blobs/[0-9a-f]{2}>");
        int database = first(calls, folderSync, "sync\\(.*latchkey\\.db-wal>");
        int answer = first(calls, 0, "(write|writev|sendto)\\(.*HTTP/1\\.1 201");
        assertThat(List.of(file, rename, folderSync, database, answer))
                .as("order in the trace")
                .isSorted()
                .doesNotContain(calls.size());
    }

    /** The first call from {@code start} on that matches; the number of calls when none does. */
    private static int first(List<String> calls, int start, String pattern) {
        for (int i = start; i < calls.size(); i++) {
            if (calls.get(i).matches(".*" + pattern + ".*")) {
                return i;
            }
        }
        return calls.size();
    }
}
