package dev.latchkey.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address or a CIDR block (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code fd00::/8}, {@code 192.168.1.2}. */
public record AddressRange(InetAddress network, int prefixLength) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** @throws IllegalArgumentException when {@code text} is neither an address nor a block */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = parseLiteral(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(text + " is not an IP address"));
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(text + " has a prefix longer than the address");
        }
        return new AddressRange(network, prefix);
    }

    /** The address that {@code text} spells out; empty for a name, so that nothing is ever looked up. */
    public static Optional<InetAddress> parseLiteral(String text) {
        if (!LITERAL.matcher(text).matches()
                || text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code address} lies in this range; an IPv4 address never lies in an IPv6 one. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = prefixLength / 8;
        if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = prefixLength % 8;
        int mask = 0xff << (8 - rest);
        return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
    }
}
