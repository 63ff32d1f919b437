package dev.latchkey.http;

import dev.latchkey.config.AddressRange;
import dev.latchkey.config.Config.Network;
import dev.latchkey.error.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Finds out who the client of a request is; forwarded headers count only from {@code trusted_proxies}. */
public final class Clients {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]{1,253})(?::(\\d{1,5}))?");

    private final List<AddressRange> trusted;
    private final HostNames hostNames;

    public Clients(Network network, HostNames hostNames) {
        this.trusted = network.trustedProxies();
        this.hostNames = hostNames;
    }

    /** @throws Problem 400 for forwarded headers of a trusted proxy that cannot be read, 421 for a host of theirs */
    Client of(HttpServletRequest request) {
        InetAddress peer = peer(request);
        for (AddressRange range : trusted) {
            if (range.contains(peer)) {
                return behindTrustedProxy(request, peer);
            }
        }
        boolean direct = !ForwardedChain.present(request) && !isOldProxy(request);
        return new Client(peer, request.isSecure(), direct, host(request), request.getServerPort());
    }

    /** HTTP/1.0 is what nginx speaks to us when nobody configured it: whoever stands behind it is not the peer. */
    private static boolean isOldProxy(HttpServletRequest request) {
        return request.getProtocol().equals("HTTP/1.0");
    }

    private static InetAddress peer(HttpServletRequest request) {
        InetSocketAddress remote = (InetSocketAddress) ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getRemoteSocketAddress();
        return remote.getAddress();
    }

    private Client behindTrustedProxy(HttpServletRequest request, InetAddress peer) {
        ForwardedChain chain = ForwardedChain.read(request);
        Optional<InetAddress> client = chain.client(trusted);
        InetAddress address = client.orElse(peer);
        boolean https = chain.https().orElse(request.isSecure());
        return chain.host()
                .map(host -> forwardedHost(address, https, client.isPresent(), host))
                .orElseGet(() -> new Client(
                        address, https, client.isPresent(), host(request), port(https, request.getServerPort())));
    }

    /** A proxy that ends HTTPS passes the Host on without a port, which then means the standard one of HTTPS. */
    private static int port(boolean https, int port) {
        return https && port == 80 ? 443 : port;
    }

    private Client forwardedHost(InetAddress address, boolean https, boolean direct, String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw Problem.malformed("A forwarded header cannot be read.");
        }
        String host = HostNames.normal(parts.group(1));
        if (!hostNames.allow(host)) {
            throw Problem.of(
                    Problem.Kind.MISDIRECTED,
                    "unknown_host",
                    "Latchkey does not answer to this name. Add it to allowed_hosts.");
        }
        int port = parts.group(2) == null ? port(https, 80) : Integer.parseInt(parts.group(2));
        return new Client(address, https, direct, host, port);
    }

    private static String host(HttpServletRequest request) {
        String name = HostNames.normal(request.getServerName());
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }
}
