package dev.latchkey.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** One large upload by tus whose connection is reset ten times: what it costs, and whether every byte arrives. */
final class ResumedUploadFigure implements Figure {
    private static final int CUTS = 10;

    @Override
    public Findings measure(Lab lab) throws Exception {
        Path folder = lab.fresh("resumed-upload");
        var source = new SourceFile(folder.resolve("source"), (long) lab.scale(2048, 64) << 20);
        try (Server server = Server.startShared(lab, "resumed-upload-data", Map.of())) {
            var trial = new Trial(source, server);
            double seconds = Crew.seconds(trial::run);
            trial.requireWhole(lab.folder().resolve("resumed-upload-data"));
            double peak = server.memory("VmHWM");
            String what = "Peak memory, one upload of %,d MiB cut %d times".formatted(source.size() >> 20, CUTS);
            String words = Text.number(peak) + " MB, at " + Text.megabytes(source.size() / seconds)
                    + ", byte-identical; " + Text.number(trial.sentAgain() / 1e6) + " MB sent twice, last answer after "
                    + Text.number(trial.lastSeconds) + " s";
            return new Findings(List.of(new Row(what, words, "", peak, Budget.atMost(400, "MB"))), "");
        } finally {
            Lab.delete(folder);
            Lab.delete(lab.folder().resolve("resumed-upload-data"));
        }
    }

    private static final class Trial {
        private final SourceFile source;
        private final Server server;
        private long sent;
        private double lastSeconds;

        Trial(SourceFile source, Server server) {
            this.source = source;
            this.server = server;
        }

        Void run() throws Exception {
            String path;
            try (Wire wire = server.wire()) {
                path = wire.tus(
                                "POST",
                                "/api/uploads",
                                server.token(),
                                "Upload-Length: " + source.size() + "\r\n",
                                0,
                                to -> {})
                        .expect(201)
                        .header("Location");
            }
            for (int cut = 0; cut < CUTS; cut++) {
                send(path, source.size() / (CUTS + 1), true);
            }
            send(path, source.size(), false);
            return null;
        }

        long sentAgain() {
            return sent - source.size();
        }

        private void send(String path, long most, boolean cut) throws Exception {
            long offset = offset(path);
            long length = Math.min(most, source.size() - offset);
            try (Wire wire = server.wire();
                    FileChannel file = FileChannel.open(source.path(), StandardOpenOption.READ)) {
                String headers = "Upload-Offset: " + offset + "\r\nContent-Type: application/offset+octet-stream\r\n";
                long[] end = new long[1];
                wire.tus("PATCH", path, server.token(), headers, source.size() - offset, to -> {
                            for (long at = 0; at < length; ) {
                                at += file.transferTo(offset + at, length - at, to);
                            }
                            sent += length;
                            end[0] = System.nanoTime();
                            if (cut) {
                                to.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset, not a farewell
                                throw new IOException("cut");
                            }
                        })
                        .expect(204);
                lastSeconds = (System.nanoTime() - end[0]) / 1e9;
            } catch (IOException e) {
                if (!"cut".equals(e.getMessage())) {
                    throw e;
                }
            }
        }

        private long offset(String path) throws Exception {
            while (true) {
                try (Wire wire = server.wire()) {
                    Reply reply = wire.tus("HEAD", path, server.token(), "", 0, to -> {});
                    if (reply.status() != 423) {
                        return Long.parseLong(reply.expect(200).header("Upload-Offset"));
                    }
                }
            }
        }

        /** The one file that the server keeps is the source, byte by byte. */
        void requireWhole(Path data) throws IOException {
            try (var files = Files.walk(data.resolve("blobs"))) {
                List<Path> kept = files.filter(Files::isRegularFile).toList();
                if (kept.size() != 1 || Files.mismatch(kept.get(0), source.path()) >= 0) {
                    throw new IOException("what arrived is not what was sent");
                }
            }
        }
    }
}
