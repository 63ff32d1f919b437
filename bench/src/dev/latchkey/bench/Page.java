package dev.latchkey.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in the system's Chromium without a window, spoken to by the DevTools protocol. */
final class Page implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("ws://127\\.0\\.0\\.1:\\d+/devtools/page/[^\"]+");
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+)");
    private static final Pattern VALUE = Pattern.compile("\"value\":\"?([^\"}]*)");
    private static final Pattern WORKED = Pattern.compile("\"TaskDuration\",\"value\":([0-9.eE-]+)");
    private static final Pattern PORT = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Process process;
    private final WebSocket socket;

    private Page(Process process) throws Exception {
        this.process = process;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(pageAddress(), new Listener())
                .join();
    }

    static Page open(Path profile, int width, int height) throws Exception {
        Process process = Processes.start(new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-gpu",
                "--lang=en-US",
                "--remote-debugging-port=0",
                "--window-size=" + width + "," + height,
                "--user-data-dir=" + profile,
                "about:blank"));
        Page page = new Page(process);
        page.send("Performance.enable", "\"timeDomain\":\"threadTicks\"");
        return page;
    }

    private URI pageAddress() throws Exception {
        int port = debuggingPort(process.errorReader());
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString());
        Matcher found = PAGE.matcher(answer.body());
        if (!found.find()) {
            throw new IOException("Chromium has no page");
        }
        return URI.create(found.group());
    }

    private static int debuggingPort(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher found = PORT.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IOException("Chromium did not start");
    }

    private String send(String method, String parameters) throws Exception {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<String>();
        waiting.put(id, answer);
        socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":{%s}}".formatted(id, method, parameters), true);
        return answer.get(5, TimeUnit.MINUTES);
    }

    /** How long the page's main thread has worked so far, in seconds of its own processor time. */
    double workedSeconds() throws Exception {
        Matcher found = WORKED.matcher(send("Performance.getMetrics", ""));
        if (!found.find()) {
            throw new IOException("Chromium does not tell how long it worked");
        }
        return Double.parseDouble(found.group(1));
    }

    void go(String address) throws Exception {
        send("Page.navigate", "\"url\":\"" + address + "\"");
    }

    /** What the body of an async function returns in the page: a text without quotes in it, a number or a boolean. */
    String run(String body) throws Exception {
        String expression = "(async () => {" + body + "})()";
        String quoted = expression
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        String answer = send(
                "Runtime.evaluate", "\"expression\":\"" + quoted + "\",\"awaitPromise\":true,\"returnByValue\":true");
        Matcher found = VALUE.matcher(answer);
        if (answer.contains("\"exceptionDetails\"") || !found.find()) {
            throw new IOException(answer);
        }
        return found.group(1);
    }

    /** Waits until an expression is true in the page. */
    void await(String expression) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!run("return Boolean(" + expression + ")").equals("true")) {
            if (System.nanoTime() > end) {
                throw new IOException("waited in vain for " + expression);
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        socket.abort();
        Processes.end(process);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            Matcher id = ID.matcher(message);
            CompletableFuture<String> asked = id.find() ? waiting.remove(Integer.parseInt(id.group(1))) : null;
            if (asked != null) {
                asked.complete(message);
            }
        }
    }
}
