package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer: its status line and headers as text, and its body (null when it was not kept). */
record Reply(String head, byte[] body) {

    static int status(String head) {
        return Integer.parseInt(head.substring(9, 12));
    }

    int status() {
        return status(head);
    }

    /** The header's value, or null. */
    String header(String name) {
        Matcher found = Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ \t]*(.*?)\\s*$")
                .matcher(head);
        return found.find() ? found.group(1) : null;
    }

    boolean closes() {
        return "close".equalsIgnoreCase(header("Connection"));
    }

    /** Itself, when the status is one of these; an error with the server's own words otherwise. */
    Reply expect(int... statuses) throws IOException {
        for (int status : statuses) {
            if (status == status()) {
                return this;
            }
        }
        throw new IOException(head + new String(body, StandardCharsets.UTF_8));
    }

    /** The first value of this field in a JSON body, wherever it stands; null when it is null or missing. */
    String field(String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*(?:\"([^\"]*)\"|(\\d+))")
                .matcher(new String(body, StandardCharsets.UTF_8));
        if (!found.find()) {
            return null;
        }
        return found.group(1) != null ? found.group(1) : found.group(2);
    }
}
