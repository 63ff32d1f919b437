package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrinterTest {
    private static final String HOSTILE = "a\u001b[2J\u009b31m\r\n\u202Egnp.exe\u2028\u007f b 👩\u200D💻 ü";
    private static final String HARMLESS = "a?[2J?31m???gnp.exe?? b 👩\u200D💻 ü";

    private final StringWriter out = new StringWriter();

    private Printer printer(boolean json) {
        return new Printer(new PrintWriter(out), json);
    }

    private static JsonNode row(Object filename) {
        return Json.MAPPER.createObjectNode().put("id", 7).set("filename", Json.MAPPER.valueToTree(filename));
    }

    @Test
    void what_somebody_named_a_file_steers_no_terminal() {
        printer(false).table(List.of(row(HOSTILE)), "id", "filename");
        assertThat(out).hasToString("ID  FILENAME\n7   " + HARMLESS + "\n");
    }

    @Test
    void fields_stay_on_their_lines() {
        printer(false).fields(row("a\nrole: admin"));
        assertThat(out).hasToString("id: 7\nfilename: a?role: admin\n");
    }

    @Test
    void json_keeps_every_character_and_steers_no_terminal_either() throws IOException {
        printer(true).json(row(HOSTILE));
        assertThat(out.toString())
                .doesNotContain("\u001b", "\u009b", "\u202E", "\u2028", "\u007f", "\r")
                .contains("ü");
        assertThat(Json.MAPPER.readTree(out.toString()).path("filename").asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void nothing_and_several_things_have_their_cells() {
        printer(false).table(List.of(row(null), row(List.of("x", "y"))), "id", "filename", "owner/name");
        assertThat(out).hasToString("ID  FILENAME   OWNER NAME\n7\n7   [\"x\",\"y\"]\n");
    }
}
