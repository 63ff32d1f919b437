package dev.latchkey.harness;

import dev.latchkey.api.RunningJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A small jar in the place of the real one: a program that prints its arguments, each on a line and in brackets. */
public final class StubJar {
    private StubJar() {}

    /** What the jar runs. */
    public static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) {
            for (String argument : arguments) {
                System.out.println("[" + argument + "]");
            }
            System.exit(arguments.length > 0 && arguments[0].equals("fail") ? 7 : 0);
        }
    }

    /** Writes the jar; {@code comment} makes it another one. */
    public static Path write(Path file, String comment) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String path = Echo.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream in = StubJar.class.getResourceAsStream("/" + path)) {
            out.setComment(comment);
            out.putNextEntry(new JarEntry(path));
            in.transferTo(out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** A new stub jar in this folder, for a server to hand out. */
    public static RunningJar in(Path folder) {
        return new RunningJar(Optional.of(write(folder.resolve("latchkey.jar"), "")));
    }
}
