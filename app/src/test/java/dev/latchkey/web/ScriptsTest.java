package dev.latchkey.web;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing builds our scripts, so nothing else says before a browser does that one of them asks another in vain. */
class ScriptsTest {
    private static final Path ASSETS = Path.of("app/src/main/resources/web/assets");
    private static final Pattern IMPORT =
            Pattern.compile("(?:import|export) \\{([^}]*)\\} from '\\./([a-z0-9-]+\\.js)'");
    private static final Pattern DYNAMIC = Pattern.compile("import\\('\\./([a-z0-9-]+\\.js)'\\)");

    @Test
    void whatScriptsImportFromEachOtherIsThere() throws IOException {
        Map<String, String> scripts;
        try (Stream<Path> files = Files.list(ASSETS)) {
            scripts = files.filter(file -> file.toString().endsWith(".js"))
                    .collect(toMap(file -> file.getFileName().toString(), ScriptsTest::read));
        }
        List<String> missing = new ArrayList<>();
        scripts.forEach((name, text) -> {
            IMPORT.matcher(text).results().forEach(found -> {
                for (String part : found.group(1).strip().split("\\s*,\\s*")) {
                    String wanted = part.split(" as ")[0];
                    if (!exports(scripts.getOrDefault(found.group(2), ""), wanted)) {
                        missing.add(name + " imports " + wanted + " of " + found.group(2));
                    }
                }
            });
            Matcher dynamic = DYNAMIC.matcher(text);
            while (dynamic.find()) {
                if (!scripts.containsKey(dynamic.group(1))) {
                    missing.add(name + " imports " + dynamic.group(1));
                }
            }
        });
        assertThat(scripts).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    private static boolean exports(String script, String name) {
        String declared = "export (?:async )?(?:const|let|function\\*?|class) " + name + "\\b";
        String listed = "export \\{[^}]*\\b" + name + "\\b[^}]*\\}";
        return Pattern.compile(declared + "|" + listed).matcher(script).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
