package dev.latchkey.http;

import dev.latchkey.config.AddressRange;
import java.net.InetAddress;
import java.net.URI;

/**
 * Where a request comes from, after forwarded headers of trusted proxies were taken into account.
 *
 * @param address the client's address as far as it can be believed
 * @param https whether the client's own connection is encrypted
 * @param direct false when a proxy stands between that we do not trust, or that named no client
 * @param site scheme, host and port under which the client reached us, such as {@code http://127.0.0.1:5397}
 */
public record Client(InetAddress address, boolean https, boolean direct, URI site) {
    /** Whether the client runs on this very machine, and addresses it by a name that no other machine can have. */
    public boolean onThisMachine() {
        return direct && address.isLoopbackAddress() && isLoopbackHost(site.getHost());
    }

    /** Whether the client is here or on a private or link-local address: never a public one. */
    public boolean inThisNetwork() {
        return direct
                && (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || isUniqueLocal(address));
    }

    /** @param host null for a name that is none of the internet, such as one with an underscore */
    private static boolean isLoopbackHost(String host) {
        return "localhost".equals(host)
                || host != null
                        && AddressRange.parseLiteral(host.replaceAll("[\\[\\]]", ""))
                                .filter(InetAddress::isLoopbackAddress)
                                .isPresent();
    }

    /** fc00::/7, RFC 4193. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }
}
