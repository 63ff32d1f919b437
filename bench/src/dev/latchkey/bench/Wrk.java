package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs wrk, which takes less of the machine than any JVM, and reads its report. */
final class Wrk {
    private Wrk() {}

    static boolean present() {
        return Processes.present("wrk");
    }

    static Load run(int port, String path, String token, int connections, int seconds)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
        if (token != null) {
            command.addAll(List.of("-H", "Authorization: Bearer " + token));
        }
        command.add("http://127.0.0.1:" + port + path);
        String report = Processes.output(command.toArray(String[]::new));
        if (report.contains("Non-2xx") || report.contains("Socket errors")) {
            throw new IOException(path + " was not answered well:\n" + report);
        }
        return new Load(
                Double.parseDouble(find(report, "Requests/sec:\\s+([\\d.]+)")),
                millis(find(report, "50%\\s+([\\d.]+\\w+)")),
                millis(find(report, "99%\\s+([\\d.]+\\w+)")));
    }

    private static String find(String report, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(report);
        if (!found.find()) {
            throw new IOException("wrk said:\n" + report);
        }
        return found.group(1);
    }

    private static double millis(String time) {
        double number = Double.parseDouble(time.replaceAll("[a-z]+", ""));
        if (time.endsWith("us")) {
            return number / 1000;
        }
        return time.endsWith("ms") ? number : number * 1000;
    }
}
