package dev.latchkey.http;

import dev.latchkey.config.AddressRange;
import dev.latchkey.config.Config.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names that we answer to: IP literals, {@code localhost}, the machine's own name with and without {@code .local},
 * the host of {@code public_url} and {@code allowed_hosts}. Any other name may point here by DNS rebinding
 * (CVE-2024-28224).
 */
public final class HostNames {
    private final Set<String> names = new HashSet<>(Set.of("localhost"));

    public HostNames(Network network) {
        network.allowedHosts().forEach(this::add);
        network.publicUrl().ifPresent(url -> add(url.getHost()));
        try {
            String machine = InetAddress.getLocalHost().getHostName();
            add(machine);
            add(machine + ".local");
        } catch (UnknownHostException e) {
            // a machine without a name of its own is reached by address
        }
    }

    private void add(String name) {
        names.add(normal(name));
    }

    /** Whether {@code host}, without a port, is one of ours. */
    public boolean allow(String host) {
        String name = normal(host);
        return names.contains(name)
                || AddressRange.parseLiteral(unbracketed(name)).isPresent();
    }

    /** An IPv6 literal without the brackets that it has in an address bar; anything else as it is. */
    static String unbracketed(String host) {
        boolean bracketed = host.length() > 2 && host.charAt(0) == '[' && host.charAt(host.length() - 1) == ']';
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    /** In lower case and without the trailing dot, which means the same name. */
    static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
