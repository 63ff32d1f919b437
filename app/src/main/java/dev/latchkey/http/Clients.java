package dev.latchkey.http;

import dev.latchkey.config.AddressRange;
import dev.latchkey.config.Config.Network;
import dev.latchkey.error.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Finds out who the client of a request is; forwarded headers count only from {@code trusted_proxies}. */
public final class Clients {
    private final List<AddressRange> trusted;
    private final HostNames hostNames;

    public Clients(Network network, HostNames hostNames) {
        this.trusted = network.trustedProxies();
        this.hostNames = hostNames;
    }

    /** @throws Problem 400 for forwarded headers of a trusted proxy that cannot be read, 421 for a host of theirs */
    Client of(HttpServletRequest request) {
        InetAddress peer = AddressRange.parseLiteral(request.getRemoteAddr().replaceAll("[\\[\\]]|%.*", ""))
                .orElseThrow(() -> new IllegalStateException("The peer has no address"));
        if (trusted.stream().anyMatch(range -> range.contains(peer))) {
            return behindTrustedProxy(request, peer);
        }
        boolean direct = !ForwardedChain.present(request);
        return new Client(peer, request.isSecure(), direct, site(request.isSecure(), host(request)));
    }

    private Client behindTrustedProxy(HttpServletRequest request, InetAddress peer) {
        ForwardedChain chain = ForwardedChain.read(request);
        Optional<InetAddress> client = chain.client(trusted);
        boolean https = chain.https().orElse(request.isSecure());
        String host = chain.host().map(this::allowed).orElseGet(() -> host(request));
        return new Client(client.orElse(peer), https, client.isPresent(), site(https, host));
    }

    private String allowed(String host) {
        URI site = site(false, host);
        if (site.getHost() == null
                || site.getRawPath() != null && !site.getRawPath().isEmpty()) {
            throw Problem.malformed("A forwarded header cannot be read.");
        }
        if (!hostNames.allow(site.getHost())) {
            throw Problem.of(
                    Problem.Kind.MISDIRECTED,
                    "unknown_host",
                    "Latchkey does not answer to this name. Add it to allowed_hosts.");
        }
        return host;
    }

    private static String host(HttpServletRequest request) {
        String name = request.getServerName().replaceFirst("\\.$", "");
        String literal = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        return literal + ":" + request.getServerPort();
    }

    private static URI site(boolean https, String authority) {
        try {
            String standardPort = https ? ":443$" : ":80$";
            String scheme = https ? "https://" : "http://";
            return URI.create(
                    scheme + authority.toLowerCase(java.util.Locale.ROOT).replaceFirst(standardPort, ""));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("The host cannot be read.");
        }
    }
}
