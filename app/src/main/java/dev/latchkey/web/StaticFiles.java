package dev.latchkey.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.crypto.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of our pages, read from the jar once. */
final class StaticFiles {
    /** One file: its bytes, its type and an entity tag made of its content. */
    record StaticFile(byte[] bytes, String contentType, String etag) {}

    private static final Pattern NAME = Pattern.compile(
            "(assets/|assets/lit/|assets/lit/directives/)?[a-z0-9]+(-[a-z0-9]+)*\\.(html|css|js|svg|png)");
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    /** Longer names are nobody's, and could exhaust the stack of the pattern. */
    private static final int MAX_NAME = 64;

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();
    private final ModuleGraph modules = new ModuleGraph(name -> find(name).map(StaticFiles::text));

    /** The file {@code name} below {@code web/}; empty for a name that is not there or is not of ours. */
    Optional<StaticFile> find(String name) {
        boolean possible = name.length() <= MAX_NAME && NAME.matcher(name).matches();
        if (!possible) {
            return Optional.empty();
        }
        StaticFile known = files.get(name);
        return known == null ? load(name) : Optional.of(known);
    }

    /** Where a file lies in the jar: libraries keep their own places, and their versions stand in pom.xml too. */
    private static String resource(String name) {
        if (name.equals("assets/pico.css")) {
            return WEBJARS + "picocss__pico/2.1.1/css/pico.min.css";
        }
        String library = "assets/lit/";
        return name.startsWith(library)
                ? WEBJARS + "lit-html/3.3.1/" + name.substring(library.length())
                : "/web/" + name;
    }

    /** What is not there is not kept, or anyone could fill the memory with names. */
    private Optional<StaticFile> load(String name) {
        byte[] bytes = read(name);
        if (bytes == null) {
            return Optional.empty();
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (name.endsWith(".html")) {
            bytes = modules.announcedIn(new String(bytes, UTF_8)).getBytes(UTF_8);
        }
        String etag =
                "\"" + HexFormat.of().formatHex(Secrets.sha256().digest(bytes)).substring(0, 32) + "\"";
        StaticFile file = new StaticFile(bytes, type, etag);
        files.put(name, file);
        return Optional.of(file);
    }

    /** Null where there is none. */
    private static byte[] read(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource(name))) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(StaticFile file) {
        return new String(file.bytes(), UTF_8);
    }
}
