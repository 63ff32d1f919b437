package dev.latchkey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.http.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what a command found: as a table for people, or as the JSON that the server sent. */
final class Printer {
    private final PrintWriter out;
    private final boolean json;

    Printer(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    boolean isJson() {
        return json;
    }

    /** {@code data} when JSON is wanted, else {@code text}. */
    void one(JsonNode data, String text) {
        if (json) {
            json(data);
        } else {
            line(text);
        }
    }

    void line(String text) {
        out.println(Text.printable(text));
        out.flush();
    }

    void json(Object data) {
        try {
            String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(data);
            out.println(Text.printableJson(text));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every field of an object on a line of its own. */
    void fields(JsonNode data) {
        if (json) {
            json(data);
            return;
        }
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            out.println(Text.printable(field.getKey() + ": " + value(field.getValue())));
        }
        out.flush();
    }

    /**
     * {@code rows} as JSON, or their fields as a table.
     *
     * @param columns JSON pointers without the first slash, such as {@code uploader/display_name}
     */
    void table(List<JsonNode> rows, String... columns) {
        if (json) {
            json(rows);
            return;
        }
        List<String[]> lines = new ArrayList<>();
        lines.add(headings(columns));
        rows.forEach(row -> lines.add(cells(row, columns)));
        int[] widths = widths(lines, columns.length);
        lines.forEach(line -> out.println(padded(line, widths)));
        out.flush();
    }

    private static String[] headings(String... columns) {
        String[] headings = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            headings[i] = columns[i].replace('/', ' ').replace('_', ' ').toUpperCase(java.util.Locale.ROOT);
        }
        return headings;
    }

    private static String[] cells(JsonNode row, String... columns) {
        String[] cells = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            cells[i] = Text.printable(value(row.at("/" + columns[i])));
        }
        return cells;
    }

    private static String value(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static int[] widths(List<String[]> lines, int columns) {
        int[] widths = new int[columns];
        for (String[] line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Text.width(line[i]));
            }
        }
        return widths;
    }

    private static String padded(String[] line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length; i++) {
            text.append(line[i]).append(" ".repeat(widths[i] - Text.width(line[i]) + 2));
        }
        return text.toString().stripTrailing();
    }
}
