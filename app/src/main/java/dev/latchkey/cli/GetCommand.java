package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.error.Problem;
import dev.latchkey.library.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
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
            description = "The file or folder to write to, - for the standard output (default: its own name, here).")
    private String output;

    @Option(names = "--force", description = "Replaces a file that is there already.")
    private boolean force;

    @Override
    public Integer call() {
        JsonNode media = connection().get("/api/media/" + id);
        String sha256 = media.path("sha256").asText();
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw Api.notLatchkey(connection().server());
        }
        try {
            if ("-".equals(output)) {
                toStandardOutput(sha256);
            } else {
                toFile(media, sha256, target(media));
            }
        } catch (FileSystemException e) {
            throw Problem.malformed("Cannot write " + e.getFile() + ": " + Failures.reason(e));
        } catch (IOException e) {
            throw Api.unreachable(connection().server(), e);
        }
        return 0;
    }

    private Path target(JsonNode media) {
        if (output == null) {
            return Path.of(safeName(media));
        }
        Path named = Path.of(output);
        return Files.isDirectory(named) ? named.resolve(safeName(media)) : named;
    }

    /** A name from the server is data: it must not lead out of this folder. */
    private String safeName(JsonNode media) {
        String name = FileNames.clean(media.path("filename").asText());
        return name.startsWith(".") || name.startsWith("-") ? "latchkey-" + id + name : name;
    }

    private void toStandardOutput(String sha256) throws IOException {
        try (InputStream in = new Transfers(connection()).download(id, 0, "").body()) {
            DigestOutputStream out = new DigestOutputStream(System.out, Secrets.sha256());
            in.transferTo(out);
            out.flush();
            check(HexFormat.of().formatHex(out.getMessageDigest().digest()), sha256);
        }
    }

    private void toFile(JsonNode media, String sha256, Path target) throws IOException {
        if (Files.exists(target) && !force) {
            throw Problem.malformed(target + " is there already. Use --force to replace it, or -o for another name.");
        }
        Path part = target.resolveSibling(target.getFileName() + "." + sha256.substring(0, 12) + ".part");
        fetch(media, part);
        String arrived = FileHash.sha256(part);
        if (!arrived.equals(sha256)) {
            Files.deleteIfExists(part);
        }
        check(arrived, sha256);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        err("Wrote " + target + ".");
    }

    private static void check(String arrived, String wanted) {
        if (!arrived.equals(wanted)) {
            throw Problem.unavailable("What arrived is not what was uploaded. Try again.", null);
        }
    }

    private void fetch(JsonNode media, Path part) throws IOException {
        long size = media.path("size_bytes").asLong();
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have == size && have > 0) {
            return;
        }
        have = have < size ? have : 0; // too long is not the beginning of it
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
