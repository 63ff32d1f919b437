package dev.latchkey.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where and how long to measure. Everything is written below one temporary folder, which goes away at the end. */
final class Lab implements AutoCloseable {
    private final boolean quick;
    private final Path home;
    private final Path folder;

    Lab(boolean quick, Path home) throws IOException {
        this.quick = quick;
        this.home = home;
        this.folder = Files.createTempDirectory("latchkey-bench");
    }

    /** The repository. */
    Path home() {
        return home;
    }

    Path folder() {
        return folder;
    }

    boolean quick() {
        return quick;
    }

    /** The first number in a full run, the second in a short trial. */
    int scale(int full, int trial) {
        return quick ? trial : full;
    }

    Path fresh(String name) throws IOException {
        Path fresh = folder.resolve(name);
        delete(fresh);
        return Files.createDirectory(fresh);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }
}
