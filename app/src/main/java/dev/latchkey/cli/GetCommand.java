package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a file out of the library, whole and checked. */
@Command(
        name = "get",
        description = {
            "Downloads a file, and checks that it is what was uploaded.",
            "A download that was interrupted goes on where it stopped."
        },
        mixinStandardHelpOptions = true)
final class GetCommand extends RemoteCommand {
    @Parameters(paramLabel = "ID", description = "The id, as ls prints it.")
    private long id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it, - for the standard output (default: its own name, here).")
    private String output;

    @Option(names = "--force", description = "Replaces a file that is there already.")
    private boolean force;

    @Override
    public Integer call() {
        JsonNode media = connection().get("/api/media/" + id);
        try {
            if ("-".equals(output)) {
                toStandardOutput();
            } else {
                toFile(media, output == null ? Path.of(safeName(media)) : Path.of(output));
            }
        } catch (IOException e) {
            throw Api.unreachable(connection().server(), e);
        }
        return 0;
    }

    /** A name from the server is data: it must not lead out of this folder. */
    private String safeName(JsonNode media) {
        String name =
                dev.latchkey.library.FileNames.clean(media.path("filename").asText());
        return name.startsWith(".") || name.startsWith("-") ? "latchkey-" + id + name : name;
    }

    private void toStandardOutput() throws IOException {
        try (InputStream in = new Transfers(connection()).download(id, 0, "").body()) {
            in.transferTo(System.out);
            System.out.flush();
        }
    }

    private void toFile(JsonNode media, Path target) throws IOException {
        if (Files.exists(target) && !force) {
            throw Problem.malformed(target + " is there already. Use --force to replace it, or -o for another name.");
        }
        String sha256 = media.path("sha256").asText();
        Path part = target.resolveSibling(target.getFileName() + "." + sha256.substring(0, 12) + ".part");
        fetch(media, part);
        if (!FileHash.sha256(part).equals(sha256)) {
            Files.deleteIfExists(part);
            throw Problem.unavailable("What arrived is not what was uploaded; nothing was kept. Try again.", null);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        err("Wrote " + Text.printable(target.toString()) + ".");
    }

    private void fetch(JsonNode media, Path part) throws IOException {
        long size = media.path("size_bytes").asLong();
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have == size) {
            return;
        }
        String etag = '"' + media.path("sha256").asText() + '"';
        HttpResponse<InputStream> response = new Transfers(connection()).download(id, have, etag);
        boolean goesOn = response.statusCode() == 206;
        StandardOpenOption how = goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (Progress progress = Progress.show("Downloading", size, !printer().isJson());
                InputStream in = response.body();
                OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, how)) {
            progress.add(goesOn ? have : 0);
            copy(in, out, progress);
        }
    }

    private static void copy(InputStream in, OutputStream out, Progress progress) throws IOException {
        byte[] buffer = new byte[128 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            progress.add(read);
        }
    }
}
