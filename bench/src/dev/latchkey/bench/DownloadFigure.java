package dev.latchkey.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Downloads of one large and one small file, against nginx (or a plain file server) with the same bytes. */
final class DownloadFigure implements Figure {
    private static final int CONNECTIONS = 16;

    @Override
    public Findings measure(Lab lab) throws Exception {
        Path root = lab.fresh("download");
        try (Server server = Server.startShared(lab, "download-data", Map.of())) {
            if (Nginx.present()) {
                try (Nginx nginx = Nginx.start(lab.fresh("nginx"), root)) {
                    return measure(lab, server, root, nginx.port(), "nginx");
                }
            }
            try (var plain = new PlainFileServer(root)) {
                return measure(lab, server, root, plain.port(), "the JDK's file server (no nginx here)");
            }
        } finally {
            Lab.delete(root);
            Lab.delete(lab.folder().resolve("download-data"));
        }
    }

    private static Findings measure(Lab lab, Server server, Path root, int port, String other) throws Exception {
        var source = new SourceFile(root.resolve("large"), (long) lab.scale(1024, 128) << 20);
        byte[] small = new byte[20_000];
        new SplittableRandom().nextBytes(small);
        Files.write(root.resolve("small"), small);
        try (Wire wire = server.wire()) {
            String large = content(source.upload(wire, server.token()));
            String little = content(wire.put(
                    "/api/media/raw?filename=small.bin",
                    server.token(),
                    small.length,
                    channel -> Wire.writeAll(channel, ByteBuffer.wrap(small))));
            return new Findings(
                    List.of(large(lab, server, large, port, other), small(lab, server, little, port, other)), "");
        }
    }

    private static String content(Reply stored) throws IOException {
        return "/api/media/" + stored.expect(201).field("id") + "/content";
    }

    private static Row large(Lab lab, Server server, String path, int port, String other) throws Exception {
        Duel duel = Duel.fight(
                lab.scale(7, 3), () -> fetch(server.port(), path, server.token()), () -> fetch(port, "/large", null));
        return new Row(
                "One download of %,d MiB".formatted(lab.scale(1024, 128)),
                Text.megabytes(duel.ours()),
                other + ": " + Text.megabytes(duel.theirs()),
                duel.ratio(),
                Budget.atLeast(0.8));
    }

    private static double fetch(int port, String path, String token) throws Exception {
        try (var wire = new Wire(port)) {
            byte[] request = wire.get(path, token);
            long from = System.nanoTime();
            long bytes = wire.drain(request);
            return bytes * 1e9 / (System.nanoTime() - from);
        }
    }

    private static Row small(Lab lab, Server server, String path, int port, String other) throws Exception {
        int seconds = lab.scale(4, 2);
        Load.of(server.port(), path, server.token(), CONNECTIONS, seconds);
        Duel duel = Duel.fight(
                lab.scale(5, 2),
                () -> Load.of(server.port(), path, server.token(), CONNECTIONS, seconds)
                        .perSecond(),
                () -> Load.of(port, "/small", null, CONNECTIONS, seconds).perSecond());
        return new Row(
                "Downloads of 20 KB, %d at once".formatted(CONNECTIONS),
                Text.perSecond(duel.ours()),
                other + ": " + Text.perSecond(duel.theirs()),
                duel.ratio(),
                Budget.atLeast(0.3));
    }
}
