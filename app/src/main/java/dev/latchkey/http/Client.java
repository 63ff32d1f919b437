package dev.latchkey.http;

import java.net.InetAddress;
import java.net.URI;

/**
 * Where a request comes from, after forwarded headers of trusted proxies were taken into account.
 *
 * @param address the client's address as far as it can be believed
 * @param https whether the client's own connection is encrypted
 * @param direct whether no proxy that we do not trust, and no silent trusted one, stands between
 * @param site scheme, host and port under which the client reached us, such as {@code http://127.0.0.1:5397}
 */
public record Client(InetAddress address, boolean https, boolean direct, URI site) {}
