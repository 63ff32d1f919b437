package dev.latchkey.http;

import dev.latchkey.config.AddressRange;
import java.net.InetAddress;

/**
 * Where a request comes from, after forwarded headers of trusted proxies were taken into account.
 *
 * @param address the client's address as far as it can be believed
 * @param https whether the client's own connection is encrypted
 * @param direct false when something stands between: a proxy that we do not trust or that named no client, or a page of
 *     another site
 * @param host the name under which the client reached us: in lower case, without port and trailing dot, an IPv6
 *     address in brackets
 * @param port the port that goes with it
 */
public record Client(InetAddress address, boolean https, boolean direct, String host, int port) {
    /** The same client, with something between it and us. */
    Client indirect() {
        return new Client(address, https, false, host, port);
    }

    /** Our origin as the client sees it (RFC 6454), such as {@code http://127.0.0.1:5397}. */
    public String site() {
        boolean standardPort = port == (https ? 443 : 80);
        return (https ? "https://" : "http://") + host + (standardPort ? "" : ":" + port);
    }

    /** Whether the client runs on this very machine, and addresses it by a name that no other machine can have. */
    public boolean onThisMachine() {
        return direct && address.isLoopbackAddress() && isLoopbackHost();
    }

    /** Whether the client is here or on a private or link-local address: never a public one. */
    public boolean inThisNetwork() {
        return direct
                && (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || isUniqueLocal(address));
    }

    private boolean isLoopbackHost() {
        return host.equals("localhost")
                || AddressRange.parseLiteral(HostNames.unbracketed(host))
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    /** fc00::/7, RFC 4193. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }
}
