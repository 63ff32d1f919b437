package dev.latchkey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.LogLines;
import dev.latchkey.harness.Multipart;
import dev.latchkey.harness.ProblemForm;
import dev.latchkey.harness.Reply;
import dev.latchkey.harness.Sample;
import dev.latchkey.harness.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Malformed input of any kind is the sender's mistake, at every route, with a credential and without: never a 5xx. */
class GarbageTest {
    private static final int TRIES = 250;
    private static World world;
    private static LogLines log;
    private static long medium;
    private static String session = "";
    private static List<String> routes;

    @BeforeContainer
    static void start() {
        world = World.start();
        medium = world.upload(world.member(), "target.txt", Sample.utf8("x".repeat(100)));
        routes = world.server().routes();
        log = LogLines.record();
    }

    @AfterContainer
    static void stop() {
        log.close();
        world.close();
        assertThat(log.errors()).as("what was logged as a bug").isEmpty();
    }

    @Provide
    Arbitrary<String> route() {
        return Arbitraries.of(routes);
    }

    @Provide
    Arbitrary<String> id() {
        return Garbage.id();
    }

    @Provide
    Arbitrary<String> json() {
        return Garbage.json();
    }

    @Provide
    Arbitrary<String> text() {
        return Garbage.text();
    }

    @Provide
    Arbitrary<String> cursor() {
        return Garbage.cursor();
    }

    @Provide
    Arbitrary<String> range() {
        return Garbage.range();
    }

    @Provide
    Arbitrary<String> number() {
        return Garbage.number();
    }

    @Provide
    Arbitrary<String> headerValue() {
        return Garbage.headerValue();
    }

    @Provide
    Arbitrary<byte[]> mutatedMultipart() {
        return Garbage.multipart(Multipart.file("a.txt", Sample.utf8("one"))
                .and("b.txt", Sample.utf8("two"))
                .bytes());
    }

    @Provide
    Arbitrary<String> query() {
        Arbitrary<String> name = Arbitraries.of(
                "q",
                "kind",
                "tag",
                "from",
                "to",
                "order",
                "limit",
                "cursor",
                "uploader_id",
                "filename",
                "download",
                "status",
                "since",
                "until",
                "actor_id",
                "action",
                "size",
                "next");
        Arbitrary<String> value = Arbitraries.oneOf(
                Garbage.text().map(Garbage::encoded),
                Garbage.number().map(Garbage::encoded),
                Garbage.cursor(),
                Garbage.id());
        return Combinators.combine(name, value)
                .as((n, v) -> n + "=" + v)
                .list()
                .ofMaxSize(4)
                .map(pairs -> String.join("&", pairs));
    }

    private static Shot at(String route, String id) {
        String[] words = route.split(" ");
        return Shot.of(words[0], words[1].replaceAll("\\{[a-z0-9]+}", id.replace("$", "%24")));
    }

    private static String session() {
        if (session.isEmpty()) {
            session = world.signIn(world.admin()).token();
        }
        return session;
    }

    private static void isRefusedOrServed(Shot shot, boolean signedIn) {
        Reply reply = (signedIn ? shot.as(session()) : shot).at(world.server());
        if (reply.status() == 401 || (reply.status() < 400 && !shot.method().equals("GET"))) {
            session = ""; // it may have signed out
        }
        assertThat(reply.status()).as(() -> shot + "\n" + reply).isLessThan(500);
        if (reply.status() >= 400) {
            ProblemForm.checkShowsNoInsides(reply);
        }
        boolean byUs =
                reply.status() != 414 && reply.status() != 431 && !shot.method().equals("HEAD");
        if (reply.status() >= 400 && byUs && shot.target().startsWith("/api/")) {
            ProblemForm.check(reply);
        }
    }

    @Property(tries = 2 * TRIES, shrinking = ShrinkingMode.OFF)
    void anyJson(@ForAll("route") String route, @ForAll("json") String json, @ForAll boolean signedIn) {
        isRefusedOrServed(at(route, String.valueOf(medium)).json(json), signedIn);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyId(@ForAll("route") String route, @ForAll("id") String id, @ForAll boolean signedIn) {
        isRefusedOrServed(at(route, id).json("{}"), signedIn);
    }

    @Property(tries = 2 * TRIES, shrinking = ShrinkingMode.OFF)
    void anyQuery(@ForAll("route") String route, @ForAll("query") String query, @ForAll boolean signedIn) {
        Shot shot = at(route, "99999999");
        isRefusedOrServed(Shot.of(shot.method(), shot.target() + "?" + query).json("{}"), signedIn);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anySearch(@ForAll("text") String words, @ForAll("cursor") String cursor, @ForAll boolean withCursor) {
        String target = "/api/media?q=" + Garbage.encoded(words) + (withCursor ? "&cursor=" + cursor : "");
        isRefusedOrServed(Shot.of("GET", target), true);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyRange(@ForAll("range") String range, @ForAll("headerValue") String ifRange) {
        Shot shot = Shot.of("GET", "/api/media/" + medium + "/content").header("Range", range);
        isRefusedOrServed(shot, true);
        isRefusedOrServed(shot.header("If-Range", ifRange), true);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyMultipart(@ForAll("mutatedMultipart") byte[] body) {
        String type = new Multipart().contentType();
        isRefusedOrServed(Shot.of("POST", "/api/media").body(type, body), true);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyMultipartHeader(@ForAll("headerValue") String type, @ForAll("text") String filename) {
        byte[] body = Multipart.file(filename, Sample.utf8("x")).bytes();
        isRefusedOrServed(Shot.of("POST", "/api/media").body(new Multipart().contentType(), body), true);
        isRefusedOrServed(Shot.of("POST", "/api/media").body("multipart/form-data; boundary=" + type, body), true);
    }

    @Property(tries = 2 * TRIES, shrinking = ShrinkingMode.OFF)
    void anyHeader(
            @ForAll("route") String route, @ForAll("headerName") String name, @ForAll("headerValue") String value) {
        isRefusedOrServed(at(route, String.valueOf(medium)).json("{}").header(name, value), false);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyContentType(@ForAll("route") String route, @ForAll("contentType") String type, @ForAll boolean signedIn) {
        isRefusedOrServed(at(route, String.valueOf(medium)).body(type, Sample.utf8("{}")), signedIn);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyForm(@ForAll("form") String form, @ForAll boolean revoke) {
        byte[] body = form.getBytes(StandardCharsets.ISO_8859_1);
        Shot shot = Shot.of("POST", revoke ? "/api/auth/revoke" : "/api/auth/token");
        isRefusedOrServed(shot.body("application/x-www-form-urlencoded", body), false);
    }

    @Provide
    Arbitrary<String> form() {
        return Garbage.form();
    }

    @Provide
    Arbitrary<String> contentType() {
        return Garbage.contentType();
    }

    @Provide
    Arbitrary<String> headerName() {
        return Arbitraries.of(
                "Authorization",
                "Cookie",
                "Content-Type",
                "Accept",
                "Accept-Encoding",
                "Accept-Language",
                "Range",
                "If-Range",
                "If-None-Match",
                "If-Modified-Since",
                "Content-Digest",
                "Repr-Digest",
                "Origin",
                "Sec-Fetch-Site",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "Forwarded",
                "User-Agent",
                "X-Request-Id",
                "Content-Encoding",
                "Expect",
                "Transfer-Encoding",
                "Upgrade",
                "Referer",
                "X-HTTP-Method-Override");
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyDigest(@ForAll("headerValue") String digest, @ForAll("text") String filename) {
        Shot shot = Shot.of("PUT", "/api/media/raw?filename=" + Garbage.encoded(filename))
                .body("application/octet-stream", Sample.uniqueText());
        isRefusedOrServed(shot.header("Content-Digest", digest), true);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void anyOctetsInAPath(@ForAll("headerValue") String path, @ForAll("text") String text) {
        String plain = path.replaceAll("[ #]", "");
        isRefusedOrServed(Shot.of("GET", "/" + plain), false);
        isRefusedOrServed(Shot.of("GET", "/api/media/" + Garbage.encoded(text)), true);
    }

    @Example
    void tenMegabytesOfText() {
        String large = "{\"username\":\"" + "é".repeat(5_000_000) + "\",\"password\":\"x\"}";
        for (String route :
                List.of("/api/auth/login", "/api/auth/setup", "/api/auth/join-requests", "/api/auth/invites")) {
            Reply reply =
                    Shot.of("POST", route).as(world.admin().token()).json(large).at(world.server());
            assertThat(reply.status()).as(reply::toString).isEqualTo(413);
            ProblemForm.check(reply);
        }
    }

    @Example
    void asManyBracketsAsFitIntoABody() {
        for (String open : List.of("[", "{\"a\":", "{\"title\":[")) {
            String deep = open.repeat(60_000 / open.length());
            isRefusedOrServed(Shot.of("PATCH", "/api/media/" + medium).json(deep), true);
        }
    }

    @Example
    void aThousandPartsAndAThousandHeadersInAPart() {
        Multipart many = new Multipart();
        for (int i = 0; i < 1000; i++) {
            many.and("f" + i, new byte[0]);
        }
        isRefusedOrServed(Shot.of("POST", "/api/media").body(many.contentType(), many.bytes()), true);
        Multipart headers = new Multipart()
                .raw(
                        "Content-Disposition: form-data; name=\"files\"; filename=\"a\"" + "\r\nX: y".repeat(1000),
                        new byte[1]);
        isRefusedOrServed(Shot.of("POST", "/api/media").body(headers.contentType(), headers.bytes()), true);
    }
}
