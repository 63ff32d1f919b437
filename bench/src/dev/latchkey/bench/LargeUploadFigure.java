package dev.latchkey.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** One large upload against a plain loop that reads, hashes, writes and syncs the same bytes on the same disk. */
final class LargeUploadFigure implements Figure {

    @Override
    public Findings measure(Lab lab) throws Exception {
        Path folder = lab.fresh("large-upload");
        var source = new SourceFile(folder.resolve("source"), (long) lab.scale(1024, 128) << 20);
        try (Server server = Server.startShared(lab, "large-upload-data", Map.of());
                Wire wire = server.wire()) {
            Duel duel = Duel.fight(
                    lab.scale(5, 3), () -> upload(source, wire, server.token()), () -> plainLoop(source, folder));
            return new Findings(
                    List.of(new Row(
                            "One upload of %,d MiB".formatted(source.size() >> 20),
                            Text.megabytes(duel.ours()),
                            "plain loop of read, SHA-256, write, fsync: " + Text.megabytes(duel.theirs()),
                            duel.ratio(),
                            Budget.atLeast(0.8))),
                    "");
        } finally {
            Lab.delete(folder);
            Lab.delete(lab.folder().resolve("large-upload-data"));
        }
    }

    private static double upload(SourceFile source, Wire wire, String token) throws Exception {
        source.renew();
        return source.size() / Crew.seconds(() -> source.upload(wire, token).expect(201));
    }

    private static double plainLoop(SourceFile source, Path folder) throws Exception {
        source.renew();
        Path target = folder.resolve("copy-" + System.nanoTime());
        return source.size() / Crew.seconds(() -> copy(source.path(), target));
    }

    private static byte[] copy(Path source, Path target) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (from.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
                writeAll(to, buffer.rewind());
            }
            to.force(true);
        }
        return digest.digest();
    }

    private static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
