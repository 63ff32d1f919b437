package dev.latchkey.http;

import dev.latchkey.config.AddressRange;
import dev.latchkey.error.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the forwarded headers of a request say: {@code X-Forwarded-For/-Proto/-Host}, or {@code Forwarded} (RFC 7239).
 *
 * @param clients the addresses in {@code for}, leftmost (furthest away) first
 */
record ForwardedChain(List<String> clients, Optional<String> proto, Optional<String> host) {
    private static final List<String> NAMES = List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host");
    /** What proxies leave behind, in lower case: many send only one of these, and name a loopback host themselves. */
    private static final Set<String> TRACES =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip");

    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([!#$%&'*+.^_`|~0-9A-Za-z-]+))\\s*");
    private static final Pattern NODE =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9.]+)(?::\\d{1,5})?|([0-9A-Fa-f:.]+)");

    /** Whether anything says that a proxy stands between, also in a header that is never believed. */
    static boolean present(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.startsWith("x-forwarded-") || TRACES.contains(name));
    }

    /** @throws Problem 400 when both kinds are there, or one cannot be read */
    static ForwardedChain read(HttpServletRequest request) {
        boolean standard = request.getHeader("Forwarded") != null;
        boolean common = NAMES.stream().anyMatch(name -> request.getHeader(name) != null);
        if (standard && common) {
            throw Problem.malformed("The request has both Forwarded and X-Forwarded headers.");
        }
        return standard ? readStandard(values(request, "Forwarded")) : readCommon(request);
    }

    private static ForwardedChain readCommon(HttpServletRequest request) {
        return new ForwardedChain(
                values(request, NAMES.get(0)),
                last(values(request, NAMES.get(1))),
                last(values(request, NAMES.get(2))));
    }

    private static ForwardedChain readStandard(List<String> elements) {
        List<Map<String, String>> hops =
                elements.stream().map(ForwardedChain::parameters).toList();
        Map<String, String> nearest = hops.get(hops.size() - 1);
        return new ForwardedChain(
                hops.stream()
                        .map(hop -> hop.get("for"))
                        .filter(Objects::nonNull)
                        .toList(),
                Optional.ofNullable(nearest.get("proto")),
                Optional.ofNullable(nearest.get("host")));
    }

    /** One hop's parameters; each may be there once (RFC 7239, 4). */
    private static Map<String, String> parameters(String element) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : element.split(";", -1)) {
            Matcher pair = PAIR.matcher(part);
            if (!pair.matches()) {
                throw garbage();
            }
            String value = pair.group(2) != null ? pair.group(2) : pair.group(3);
            if (parameters.put(pair.group(1).toLowerCase(Locale.ROOT), value) != null) {
                throw garbage();
            }
        }
        return parameters;
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static Optional<String> last(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** Whether the client's connection was encrypted, where the headers say; the nearest proxy's word counts. */
    Optional<Boolean> https() {
        return proto.map(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> false;
            default -> throw garbage();
        });
    }

    /**
     * The nearest address that is not one of our proxies, read from the right; the furthest when all are.
     *
     * @return empty when nobody is named
     * @throws Problem 400 for what is not an address
     */
    Optional<InetAddress> client(List<AddressRange> trusted) {
        InetAddress client = null;
        for (int i = clients.size() - 1; i >= 0; i--) {
            client = address(clients.get(i));
            InetAddress hop = client;
            if (trusted.stream().noneMatch(range -> range.contains(hop))) {
                break;
            }
        }
        return Optional.ofNullable(client);
    }

    private static InetAddress address(String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            throw garbage();
        }
        String literal = node.group(1) != null ? node.group(1) : node.group(2) != null ? node.group(2) : node.group(3);
        return AddressRange.parseLiteral(literal).orElseThrow(ForwardedChain::garbage);
    }

    private static Problem garbage() {
        return Problem.malformed("A forwarded header cannot be read.");
    }
}
