package dev.latchkey.web;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells a page's browser at once which modules its script stands on. Without that it would hear of them file by file,
 * one round trip for each floor of the house.
 */
final class ModuleGraph {
    private static final Pattern ENTRY = Pattern.compile(" *<script type=\"module\" src=\"/([^\"]+)\"></script>\n");

    /** Imports that are always needed; {@code import('…')} is for when somebody asks. */
    private static final Pattern IMPORT = Pattern.compile("(?:\\bfrom|\\bimport) ?['\"](\\.{1,2}/[^'\"]+)['\"]");

    private final Function<String, Optional<String>> read;

    /** {@code read} gives the text of the file of a name such as {@code assets/api.js}. */
    ModuleGraph(Function<String, Optional<String>> read) {
        this.read = read;
    }

    /** The page, with a link to each module behind its script's element. */
    String announcedIn(String page) {
        Matcher entry = ENTRY.matcher(page);
        return entry.replaceAll(found -> Matcher.quoteReplacement(found.group() + links(found.group(1))));
    }

    private String links(String entry) {
        return below(entry).stream()
                .map(name -> "  <link rel=\"modulepreload\" href=\"/" + name + "\">\n")
                .collect(Collectors.joining());
    }

    /** All that {@code entry} imports, be it by way of others; nearer ones first. */
    private Set<String> below(String entry) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(entry));
        while (!open.isEmpty()) {
            String name = open.remove();
            Matcher imports = IMPORT.matcher(read.apply(name).orElse(""));
            while (imports.find()) {
                String imported = beside(name, imports.group(1));
                if (!imported.equals(entry) && found.add(imported)) {
                    open.add(imported);
                }
            }
        }
        return found;
    }

    private static String beside(String name, String relative) {
        return URI.create("/" + name).resolve(relative).getPath().substring(1);
    }
}
