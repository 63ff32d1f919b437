package dev.latchkey.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Resident memory of the server when idle, and at its highest while 64 uploads run at once. */
final class MemoryFigure implements Figure {
    private static final long SPARE_BYTES = 8_000_000_000L;
    private static final long UPLOAD_BYTES = 1_000_000_000L;

    @Override
    public Findings measure(Lab lab) throws Exception {
        int uploads = lab.scale(64, 16);
        long wanted = lab.quick() ? 64_000_000L : UPLOAD_BYTES;
        long size = Math.min(wanted, roomFor(lab.folder()) / uploads);
        try (Server server = Server.startShared(lab, "memory", Map.of())) {
            Thread.sleep(lab.scale(10_000, 3_000));
            double idle = server.memory("VmRSS");
            double seconds = Crew.seconds(() -> Crew.run(uploads, worker -> upload(server, worker, size)));
            double peak = server.memory("VmHWM");
            return new Findings(List.of(idle(idle), busy(uploads, size, seconds, peak)), note(wanted, size));
        } finally {
            Lab.delete(lab.folder().resolve("memory"));
        }
    }

    private static Row idle(double megabytes) {
        return new Row(
                "Resident memory when idle", Text.number(megabytes) + " MB", "", megabytes, Budget.atMost(160, "MB"));
    }

    private static Row busy(int uploads, long size, double seconds, double megabytes) {
        return new Row(
                "Peak memory, %d uploads of %,d MB at once".formatted(uploads, size / 1_000_000),
                Text.number(megabytes) + " MB, at " + Text.megabytes(uploads * size / seconds),
                "",
                megabytes,
                Budget.atMost(400, "MB"));
    }

    private static String note(long wanted, long size) {
        return size == wanted ? "" : "The disk had no room for uploads of %,d MB each.".formatted(wanted / 1_000_000);
    }

    private static long roomFor(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() - SPARE_BYTES;
    }

    /** The same block again and again, after a start of its own: nothing is held, and no two uploads are the same. */
    private static Reply upload(Server server, int worker, long size) throws IOException {
        byte[] block = new byte[1 << 20];
        new SplittableRandom(worker).nextBytes(block);
        try (Wire wire = server.wire()) {
            return wire.put("/api/media/raw?filename=upload-" + worker + ".bin", server.token(), size, channel -> {
                        for (long sent = 0; sent < size; sent += block.length) {
                            int part = (int) Math.min(block.length, size - sent);
                            Wire.writeAll(channel, ByteBuffer.wrap(block, 0, part));
                        }
                    })
                    .expect(201);
        }
    }
}
