package dev.latchkey.account;

import dev.latchkey.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a service that knows leaked passwords (the range API of Have I Been Pwned) whether one is among them. It learns
 * the first five digits of the password's SHA-1, which thousands share, and the padding hides from onlookers how many
 * answers there were. Where it does not answer well within two seconds, the password passes, and the log says so.
 */
final class LeakedPasswords {
    private static final Logger LOG = LoggerFactory.getLogger(LeakedPasswords.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** Many times what the service answers with: a thousand lines or so. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final int PREFIX = 5;
    private static final Pattern LINE = Pattern.compile("([0-9A-F]{35}):([0-9]{1,18})", Pattern.CASE_INSENSITIVE);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final URI range;

    /** @param rules whose {@code hibpUrl} is the address that a prefix is added to */
    LeakedPasswords(Config.PasswordRules rules) {
        String url = rules.hibpUrl().toString();
        this.range = URI.create(url.endsWith("/") ? url : url + "/");
    }

    /** Whether {@code password} is known to have leaked; no, when that cannot be found out. */
    boolean contain(String password) {
        String hash = sha1(password);
        try {
            return isListed(ask(hash.substring(0, PREFIX)), hash.substring(PREFIX));
        } catch (IOException e) {
            LOG.warn("A password was not compared with leaked ones: {}", e.getMessage());
            return false;
        }
    }

    private String ask(String prefix) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(range.resolve(prefix))
                .header("Add-Padding", "true")
                .header("User-Agent", "Latchkey")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new BoundedBody(MAX_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("the service answered " + response.statusCode());
            }
            return new String(response.body(), StandardCharsets.US_ASCII);
        } catch (TimeoutException e) {
            throw new IOException("the service took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is stopping", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "the service cannot be asked (" + e.getCause().getClass().getSimpleName() + ")", e);
        } finally {
            answer.cancel(true); // whatever is still under way
        }
    }

    /** Entries that were seen no time at all are padding. */
    private static boolean isListed(String answer, String suffix) throws IOException {
        boolean listed = false;
        for (String line : answer.split("\\R")) {
            Matcher entry = LINE.matcher(line.strip());
            if (!entry.matches()) {
                throw new IOException("the service did not answer with a list of hashes");
            }
            listed |= entry.group(1).equalsIgnoreCase(suffix) && Long.parseLong(entry.group(2)) > 0;
        }
        return listed;
    }

    private static String sha1(String password) {
        try {
            String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(normal.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
