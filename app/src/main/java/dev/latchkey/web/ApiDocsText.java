package dev.latchkey.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of CommonMark that our descriptions use: paragraphs, lists, headings, fenced code, code, strong, emphasis. */
final class ApiDocsText {
    private static final Pattern MARKED = Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*\\s][^*]*)\\*");
    private static final String FENCE = "```";

    private final ApiDocsHtml out;
    private final List<String> block = new ArrayList<>();
    private boolean fenced;

    ApiDocsText(ApiDocsHtml out) {
        this.out = out;
    }

    /** Writes {@code text} as blocks. */
    void blocks(String text) {
        text.lines().forEach(this::line);
        endBlock();
    }

    private void line(String line) {
        if (line.startsWith(FENCE)) {
            fence();
        } else if (fenced) {
            block.add(line);
        } else if (line.startsWith("## ")) {
            endBlock();
            String heading = line.substring(3);
            out.element("h2", heading, "id", anchor(heading));
        } else if (line.isBlank()) {
            endBlock();
        } else {
            block.add(line);
        }
    }

    private void fence() {
        if (fenced) {
            code(String.join("\n", block));
            block.clear();
        } else {
            endBlock();
        }
        fenced = !fenced;
    }

    private void endBlock() {
        if (block.isEmpty()) {
            return;
        }
        int firstItem = 0;
        while (firstItem < block.size() && !isItem(block.get(firstItem))) {
            firstItem++;
        }
        paragraph(block.subList(0, firstItem));
        list(block.subList(firstItem, block.size()));
        block.clear();
    }

    private void paragraph(List<String> lines) {
        if (!lines.isEmpty()) {
            out.open("p");
            inline(String.join(" ", lines));
            out.close("p");
        }
    }

    private void list(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        List<String> items = new ArrayList<>();
        for (String line : lines) {
            if (isItem(line)) {
                items.add(line.substring(2));
            } else {
                items.add(items.remove(items.size() - 1) + " " + line.strip());
            }
        }
        out.open("ul");
        items.forEach(item -> {
            out.open("li");
            inline(item);
            out.close("li");
        });
        out.close("ul");
    }

    private static boolean isItem(String line) {
        return line.startsWith("- ");
    }

    /** Writes {@code text} as part of a line. */
    void inline(String text) {
        Matcher marked = MARKED.matcher(text);
        int done = 0;
        while (marked.find()) {
            out.text(text.substring(done, marked.start()));
            mark(marked);
            done = marked.end();
        }
        out.text(text.substring(done));
    }

    private void mark(Matcher marked) {
        if (marked.group(1) != null) {
            out.element("code", marked.group(1));
        } else if (marked.group(2) != null) {
            out.element("strong", marked.group(2));
        } else {
            out.element("em", marked.group(3));
        }
    }

    /** Writes {@code code} as it is. It scrolls sideways where it is wide, so the keyboard has to reach it. */
    void code(String code) {
        out.open("pre", "tabindex", "0").element("code", code).close("pre");
    }

    /** The headings that {@link #blocks} finds in {@code text}. */
    static List<String> headings(String text) {
        return text.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** What an element about {@code name} is called in the page's address. */
    static String anchor(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
