package dev.latchkey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in the system's Chromium without a window, spoken to by the DevTools protocol. */
final class Page implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("ws://127\\.0\\.0\\.1:\\d+/devtools/page/[^\"]+");
    private static final Pattern PORT = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> listening = new ConcurrentHashMap<>();
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
        page.send("Performance.enable", Map.of("timeDomain", "threadTicks"));
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

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        Map<String, Object> message = Map.of("id", id, "method", method, "params", parameters);
        socket.sendText(JSON.writeValueAsString(message), true);
        JsonNode result = answer.get(5, TimeUnit.MINUTES);
        if (result.has("error")) {
            throw new IOException(
                    method + ": " + result.path("error").path("message").asText());
        }
        return result.path("result");
    }

    /** How long the page's main thread has worked so far, in seconds of its own processor time. */
    double workedSeconds() throws Exception {
        for (JsonNode metric : send("Performance.getMetrics", Map.of()).path("metrics")) {
            if (metric.path("name").asText().equals("TaskDuration")) {
                return metric.path("value").asDouble();
            }
        }
        throw new IOException("Chromium does not tell how long it worked");
    }

    /** The events of these categories that Chromium's tracing notes while the body of an async function runs in the page. */
    List<JsonNode> trace(List<String> categories, String body) throws Exception {
        var events = new ArrayList<JsonNode>();
        var complete = new CompletableFuture<JsonNode>();
        listening.put("Tracing.dataCollected", part -> part.path("value").forEach(events::add));
        listening.put("Tracing.tracingComplete", complete::complete);
        var only = Map.of("includedCategories", categories, "excludedCategories", List.of("*"));
        send("Tracing.start", Map.of("traceConfig", only));
        run(body);
        send("Tracing.end", Map.of());
        if (complete.get(5, TimeUnit.MINUTES).path("dataLossOccurred").asBoolean()) {
            throw new IOException("Chromium's trace has gaps");
        }
        return events;
    }

    void go(String address) throws Exception {
        send("Page.navigate", Map.of("url", address));
    }

    /** What the body of an async function returns in the page, as text. */
    String run(String body) throws Exception {
        String expression = "(async () => {" + body + "})()";
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(answer.toString());
        }
        return answer.path("result").path("value").asText();
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
            try {
                JsonNode read = JSON.readTree(message);
                if (read.has("id")) {
                    waiting.remove(read.path("id").asInt()).complete(read);
                } else {
                    String event = read.path("method").asText();
                    listening.getOrDefault(event, unheard -> {}).accept(read.path("params"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e); // the listener's failure ends the connection
            }
        }
    }
}
