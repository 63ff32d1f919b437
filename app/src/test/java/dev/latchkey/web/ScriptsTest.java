package dev.latchkey.web;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing builds our scripts, so nothing else says before a browser does that one of them asks another in vain. */
class ScriptsTest {
    private static final Path ASSETS = Path.of("app/src/main/resources/web/assets");
    private static final Pattern IMPORT =
            Pattern.compile("(?:import|export) \\{([^}]*)\\} from '\\./([a-z0-9-]+\\.js)'");
    private static final Pattern STATIC = Pattern.compile("(?m)^(?:import|export)[^;(]* '\\./([a-z0-9-]+\\.js)';$");
    private static final Pattern ENTRY = Pattern.compile("type=\"module\" src=\"/assets/([a-z0-9-]+\\.js)\"");
    private static final Pattern ANNOUNCED = Pattern.compile("rel=\"modulepreload\" href=\"/assets/([^\"]+)\"");
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

    @Test
    void aPageAnnouncesTheModulesThatItsScriptStandsOnAndNoOthers() throws IOException {
        StaticFiles served = new StaticFiles();
        try (Stream<Path> pages = Files.list(ASSETS.getParent())) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".html")).toList()) {
                Matcher entry = ENTRY.matcher(read(page));
                Set<String> needed = new TreeSet<>();
                while (entry.find()) {
                    collect(entry.group(1), needed);
                    needed.remove(entry.group(1));
                }
                String html = new String(
                        served.find(page.getFileName().toString()).orElseThrow().bytes(), StandardCharsets.UTF_8);
                List<String> announced = ANNOUNCED
                        .matcher(html)
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                assertThat(announced).as(page.toString()).doesNotHaveDuplicates();
                assertThat(announced.stream().filter(name -> !name.startsWith("lit/")))
                        .as(page.toString())
                        .containsExactlyInAnyOrderElementsOf(needed);
            }
        }
    }

    /** The script and all that it imports before it runs; where lit-html's parts lie, only the server knows. */
    private static void collect(String script, Set<String> found) {
        if (found.add(script)) {
            STATIC.matcher(read(ASSETS.resolve(script))).results().forEach(each -> collect(each.group(1), found));
        }
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
