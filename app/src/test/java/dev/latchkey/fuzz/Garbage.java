package dev.latchkey.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of what nobody should send. */
final class Garbage {
    private static final List<String> FIELDS = List.of(
            "username",
            "password",
            "email",
            "display_name",
            "setup_code",
            "cookie",
            "device_name",
            "role",
            "ttl_hours",
            "auto_approve",
            "membership_days",
            "quota_bytes",
            "note",
            "invite_token",
            "title",
            "description",
            "tags",
            "timezone",
            "phone",
            "job_title",
            "current_password",
            "id",
            "refresh_token",
            "grant_type",
            "totp",
            "token");

    private Garbage() {}

    /** Text with everything that text can hold: controls, NUL, lone surrogates, right-to-left marks, emoji. */
    static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(60),
                Arbitraries.strings().ascii().ofMaxLength(60),
                Arbitraries.of(
                        "",
                        " ",
                        "\0",
                        "a\0b",
                        "\ud83d",
                        "\udc00x",
                        "\u202egnp.exe",
                        "\ufeff",
                        "\ufffe",
                        "'; DROP TABLE users; --",
                        "\" OR 1=1",
                        "../../etc/passwd",
                        "%00",
                        "%s%n%x",
                        "${jndi:ldap://localhost/a}",
                        "<script>alert(1)</script>",
                        "\r\nSet-Cookie: a=b",
                        "🏳️‍🌈".repeat(20),
                        "e" + "\u0301".repeat(500),
                        "x".repeat(5000)));
    }

    static Arbitrary<String> number() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.of(
                        "0", "-1", "-0", "1e400", "1.5", "9223372036854775808", "9".repeat(400), "0x10", "NaN", "1e2"));
    }

    static Arbitrary<String> jsonValue() {
        return Arbitraries.oneOf(
                text().map(Garbage::quoted),
                number(),
                Arbitraries.of(
                        "null", "true", "false", "[]", "{}", "[[]]", "[null]", "{\"a\":{\"b\":[1]}}", "", "'x'", "nil"),
                Arbitraries.integers().between(1, 3000).map(depth -> "[".repeat(depth) + "]".repeat(depth)),
                Arbitraries.integers().between(1, 3000).map(depth -> "{\"a\":".repeat(depth)));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c);
            json.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return json.append('"').toString();
    }

    /** Objects of fields that the API knows, with values that it may not expect; some are cut off. */
    static Arbitrary<String> json() {
        Arbitrary<String> member = Combinators.combine(Arbitraries.of(FIELDS), jsonValue())
                .as((name, value) -> "\"" + name + "\":" + value);
        Arbitrary<String> object = member.list().ofMaxSize(6).map(members -> "{" + String.join(",", members) + "}");
        Arbitrary<String> cut = Combinators.combine(
                        object, Arbitraries.doubles().between(0, 1))
                .as((json, part) -> json.substring(0, (int) (json.length() * part)));
        return Arbitraries.oneOf(object, object, cut, jsonValue(), text());
    }

    /** Forms of parameters that OAuth knows, encoded well or badly, doubled and cut off. */
    static Arbitrary<String> form() {
        Arbitrary<String> name = Arbitraries.of(
                "grant_type",
                "username",
                "password",
                "totp",
                "device_name",
                "refresh_token",
                "token",
                "",
                "%",
                "a%00b");
        Arbitrary<String> value = Arbitraries.oneOf(
                text().map(Garbage::encoded),
                headerValue(),
                Arbitraries.of(
                        "password", "refresh_token", "lkr_" + "A".repeat(43), "lks_" + "A".repeat(43), "%f", "%ff"));
        return Combinators.combine(name, value)
                .as((n, v) -> n + "=" + v)
                .list()
                .ofMaxSize(6)
                .map(pairs -> "grant_type=password&" + String.join("&", pairs))
                .flatMap(form -> Arbitraries.of(form, form.substring(20), form.substring(0, form.length() / 2)));
    }

    /** A path segment: ids that are none, and numbers beyond all bounds. */
    static Arbitrary<String> id() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                number().map(Garbage::encoded),
                text().map(Garbage::encoded),
                Arbitraries.of(
                        "1",
                        "%",
                        "%zz",
                        "%c3%28",
                        "%00",
                        "1%00",
                        "..",
                        "%2e%2e",
                        "1;a=b",
                        "0".repeat(64),
                        "f".repeat(63)));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Arbitrary<String> cursor() {
        return Arbitraries.oneOf(
                text().map(Garbage::encoded),
                text().map(text ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                number().map(number -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("newest:" + number + ":" + number).getBytes(StandardCharsets.UTF_8))));
    }

    static Arbitrary<String> range() {
        Arbitrary<String> noise =
                Arbitraries.strings().withChars("bytes=-,0123456789 \t").ofMaxLength(40);
        Arbitrary<String> spec = Combinators.combine(number(), number()).as((first, last) -> first + "-" + last);
        return Arbitraries.oneOf(
                noise,
                spec.list().ofMinSize(1).ofMaxSize(20).map(specs -> "bytes=" + String.join(",", specs)),
                Arbitraries.of("bytes=0-0" + ",0-0".repeat(1500), "bytes=-", "bytes=,,,", "bytes=--1", "BYTES=0-1"));
    }

    /** What may stand in a header line: any octet but line breaks and NUL. */
    static Arbitrary<String> headerValue() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withCharRange('\u0080', '\u00ff')
                        .ofMaxLength(80),
                Arbitraries.of("\"", "\\", ";", "=", ",,,,", "\"unclosed", "a=\"b", "x".repeat(4000), "bytes 0-1/2"));
    }

    /** Content types that say too much, or what nobody knows. */
    static Arbitrary<String> contentType() {
        Arbitrary<String> type = Arbitraries.of("application/json", "multipart/form-data", "text/plain", "*/*", "");
        Arbitrary<String> parameter = Arbitraries.of("charset", "boundary", "charset*", "q", "")
                .flatMap(name -> headerValue().map(value -> name + "=" + value));
        return Combinators.combine(type, parameter).as((t, p) -> t + "; " + p);
    }

    /** Valid multipart bytes with octets dropped, doubled and changed. */
    static Arbitrary<byte[]> multipart(byte[] valid) {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, valid.length - 1);
        Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
        Arbitrary<Integer> kind = Arbitraries.integers().between(0, 3);
        return Combinators.combine(place, octet, kind, place)
                .as((at, value, what, other) -> mutated(valid, at, value.byteValue(), what, other));
    }

    private static byte[] mutated(byte[] valid, int at, byte value, int kind, int other) {
        byte[] bytes = valid.clone();
        switch (kind) {
            case 0 -> bytes[at] = value;
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> bytes = Arrays.copyOfRange(bytes, at, bytes.length);
            default ->
                System.arraycopy(
                        valid, Math.min(at, other), bytes, Math.max(at, other), valid.length - Math.max(at, other));
        }
        return bytes;
    }
}
