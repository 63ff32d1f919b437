package dev.latchkey.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a file that a request asks for, both ends included; {@code first} is -1 when none of them exist. */
record ByteRange(long first, long last) {
    private static final ByteRange UNSATISFIABLE = new ByteRange(-1, -1);
    private static final Pattern SINGLE = Pattern.compile("(?i:bytes)=[ \t]*(\\d*)-(\\d*)[ \t]*");

    /**
     * What a Range header means for a file of {@code size} bytes (RFC 9110, 14.1.2). Empty, which means the whole
     * file, for what is no range of bytes and for several ranges at once.
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher range = SINGLE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            return range.group(2).isEmpty() ? Optional.empty() : Optional.of(suffix(number(range.group(2)), size));
        }
        long first = number(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        if (last < first) {
            return Optional.empty();
        }
        return Optional.of(first < size ? new ByteRange(first, Math.min(last, size - 1)) : UNSATISFIABLE);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 ? UNSATISFIABLE : new ByteRange(Math.max(0, size - length), size - 1);
    }

    /** Digits of any number; what is more than a file can have counts as that. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    boolean isSatisfiable() {
        return first >= 0;
    }

    long length() {
        return last - first + 1;
    }
}
