package dev.latchkey.cli;

import dev.latchkey.crypto.PrivateFiles;
import dev.latchkey.error.Problem;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the command line remembers of its user, in {@code ~/.config/latchkey}: files that only they can read. */
final class Home {
    private final Path folder;

    private Home(Path folder) {
        this.folder = folder;
    }

    /** The shell's HOME wins over what the JVM thinks, which is the password file's idea of it. */
    static Home of(Map<String, String> environment) {
        String home = environment.get("HOME");
        Path base = Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
        return new Home(base.resolve(".config").resolve("latchkey"));
    }

    /** The server that was named last: by signing in, or by the installer. */
    Optional<ServerAddress> server() {
        return read("server").map(String::strip).filter(text -> !text.isEmpty()).map(ServerAddress::parse);
    }

    Optional<SignInFile> signIn() {
        return read("sign-in.json").map(Home::parse);
    }

    private static SignInFile parse(String text) {
        try {
            SignInFile signIn = Json.MAPPER.readValue(text, SignInFile.class);
            if (signIn != null && signIn.isWhole()) {
                return signIn;
            }
        } catch (IOException e) {
            // falls through to the one message
        }
        throw Problem.malformed("The stored sign-in cannot be read. Run latchkey login again.");
    }

    /** Remembers a sign-in, and its server as the one to use from now on. */
    void keep(SignInFile signIn) {
        try {
            write("sign-in.json", Json.MAPPER.writeValueAsString(signIn) + "\n");
            write("server", signIn.server() + "\n");
        } catch (IOException e) {
            throw Problem.unavailable("The sign-in cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(folder.resolve("sign-in.json"));
        } catch (IOException e) {
            throw Problem.unavailable("The stored sign-in in " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Where an upload under this key goes on, if one has begun. */
    Optional<String> upload(String key) {
        return read("upload-" + key).map(String::strip);
    }

    /** Notes it, where that is possible: a home that cannot be written to keeps nobody from uploading. */
    void keepUpload(String key, String path) {
        try {
            write("upload-" + key, path + "\n");
        } catch (IOException e) {
            forgetUpload(key);
        }
    }

    void forgetUpload(String key) {
        try {
            Files.deleteIfExists(folder.resolve("upload-" + key));
        } catch (IOException e) {
            // a note too many is asked about once more, and forgotten then
        }
    }

    /**
     * Runs {@code work} while no other command of this user, and no other thread of this one, does: a refresh token is
     * good for one of them.
     */
    synchronized <T> T alone(Supplier<T> work) {
        try {
            PrivateFiles.folder(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return lock.isValid() ? work.get() : null;
            }
        } catch (IOException e) {
            throw Problem.unavailable("The folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private Optional<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw Problem.unavailable("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(String name, String text) throws IOException {
        PrivateFiles.folder(folder);
        PrivateFiles.write(folder.resolve(name), text);
    }
}
