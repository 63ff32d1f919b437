package dev.latchkey.cli;

import dev.latchkey.config.AddressRange;
import dev.latchkey.error.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Where a server is: an absolute http or https address without a slash at its end. */
record ServerAddress(URI uri) {
    static final ServerAddress HERE = parse("http://localhost:5397");

    private static final List<AddressRange> NEAR = List.of(
            AddressRange.parse("127.0.0.0/8"),
            AddressRange.parse("10.0.0.0/8"),
            AddressRange.parse("172.16.0.0/12"),
            AddressRange.parse("192.168.0.0/16"),
            AddressRange.parse("169.254.0.0/16"),
            AddressRange.parse("::1"),
            AddressRange.parse("fc00::/7"),
            AddressRange.parse("fe80::/10"));

    /** @throws Problem for anything but the address of a site */
    static ServerAddress parse(String text) {
        try {
            URI uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean site = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535;
            if (site && List.of("http", "https").contains(scheme(uri))) {
                return new ServerAddress(new URI(
                        scheme(uri) + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT) + uri.getRawPath()));
            }
        } catch (URISyntaxException e) {
            // falls through to the one message
        }
        throw Problem.malformed("The server's address must look like http://192.168.1.20:5397 or"
                + " https://library.example.org, not " + text);
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    URI resolve(String pathAndQuery) {
        return URI.create(uri + pathAndQuery);
    }

    /** Whether what is sent there can be read on its way by others than those in the same house. */
    boolean isExposed() {
        return scheme(uri).equals("http") && !isNear();
    }

    private boolean isNear() {
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (NEAR.stream().noneMatch(range -> range.contains(address))) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return true; // there is nobody to send anything to
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
