package dev.latchkey.bench;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Many small uploads over a few connections, against the bare steps that make a file and its row durable. */
final class SmallUploadsFigure implements Figure {
    private static final int THREADS = 4;
    private static final int SIZE = 20_000;
    private static final int ROUNDS = 5;
    /** What a photo begins with: the type of a file is told by its first bytes. */
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

    /** Stores one file of these bytes. */
    private interface Store {
        void store(byte[] bytes) throws Exception;
    }

    /** Gives a thread its own way to the store. */
    private interface Opener {
        Store open() throws Exception;
    }

    @Override
    public Findings measure(Lab lab) throws Exception {
        int files = lab.scale(10_000, 1_000) / ROUNDS;
        Path folder = lab.fresh("small-uploads");
        try (Server server = Server.startShared(lab, "small-uploads-data", Map.of());
                BareStore bare = new BareStore(folder)) {
            Opener put = () -> over(server);
            Duel duel =
                    Duel.fight(ROUNDS, () -> rate(THREADS, files, put), () -> rate(THREADS, files, () -> bare::store));
            Duel single = Duel.fight(2, () -> rate(1, files / 2, put), () -> rate(1, files / 2, () -> bare::store));
            return new Findings(List.of(row(THREADS, files * ROUNDS, duel), row(1, files, single)), "");
        } finally {
            Lab.delete(folder);
            Lab.delete(lab.folder().resolve("small-uploads-data"));
        }
    }

    private static Row row(int threads, int files, Duel duel) {
        return new Row(
                "%,d uploads of 20 KB, %d at once".formatted(files, threads),
                Text.perSecond(duel.ours()),
                "bare write, fsync, rename, fsync, commit: " + Text.perSecond(duel.theirs()),
                duel.ratio(),
                Budget.atLeast(0.5));
    }

    private static Store over(Server server) {
        Wire wire = server.wire();
        return bytes -> wire.put(
                        "/api/media/raw?filename=small.bin",
                        server.token(),
                        bytes.length,
                        channel -> Wire.writeAll(channel, ByteBuffer.wrap(bytes)))
                .expect(201);
    }

    private static double rate(int threads, int files, Opener opener) throws Exception {
        return files / Crew.seconds(() -> Crew.run(threads, worker -> storeSome(files / threads, opener.open())));
    }

    private static int storeSome(int files, Store store) throws Exception {
        var random = new SplittableRandom();
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < files; i++) {
            random.nextBytes(bytes);
            System.arraycopy(JPEG, 0, bytes, 0, JPEG.length);
            store.store(bytes);
        }
        return files;
    }
}
