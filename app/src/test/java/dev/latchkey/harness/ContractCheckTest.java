package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContractCheckTest {
    private static final ContractCheck CONTRACT = ContractCheck.shipped();
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String SESSION = """
            {"id":1,"kind":"session","device_name":null,"ip":"127.0.0.1","user_agent":"curl",\
            "created_at":"2026-11-20T23:11:05.123Z","last_used_at":"2026-11-20T23:11:05.123Z",\
            "expires_at":"2026-11-20T23:11:05.123Z","current":true}""";
    private static final String MEDIA = """
            {"id":7,"sha256":"%s","filename":"a.jpg","title":null,"description":null,"tags":[],"kind":"image",\
            "content_type":"image/jpeg","size_bytes":1,"uploaded_at":"2026-11-20T23:11:05.123Z","uploader":null,\
            "thumbnail_url":null,"content_url":"/api/media/7/content","deletion_requested":false}""".formatted("0".repeat(64));

    @Test
    void accepts_what_the_contract_says() {
        accepts("GET", "/api/health", 200, JSON, "{\"status\":\"ok\"}");
        accepts("GET", "/api/auth/sessions?limit=1", 200, "application/json; charset=utf-8", list(SESSION));
        accepts("GET", "/api/media/7", 200, JSON, MEDIA);
        accepts("GET", "/api/media/7/content", 200, "image/jpeg", "bytes");
        accepts("DELETE", "/api/media/7", 204, null, "");
        accepts("HEAD", "/api/media/by-hash/" + "0".repeat(64), 404, PROBLEM, "");
        accepts("GET", "/api/media/7", 404, PROBLEM, problem(404, "not_found"));
        accepts("GET", "/api/audit", 200, "application/x-ndjson", "");
    }

    @Test
    void leaves_pages_alone() {
        accepts("GET", "/login", 200, "text/html", "<html>");
    }

    @Test
    void accepts_unknown_paths_and_methods_only_as_errors() {
        accepts("GET", "/api/nothing", 404, PROBLEM, problem(404, "not_found"));
        accepts("PUT", "/api/media", 405, PROBLEM, problem(405, "method_not_allowed"));
        refuses("GET", "/api/nothing", 200, JSON, "{}", "does not have this status");
        refuses("GET", "/api/nothing", 404, "text/html", "Not found", "has to be application/problem+json");
    }

    @Test
    void refuses_a_field_that_leaks() {
        refuses("GET", "/api/auth/sessions", 200, JSON, list(with(SESSION, "token_hash")), "token_hash");
        refuses("GET", "/api/media/7", 200, JSON, with(MEDIA, "path"), "path");
        refuses("GET", "/api/nothing", 404, PROBLEM, with(problem(404, "not_found"), "stack"), "stack");
    }

    @Test
    void refuses_a_field_that_is_missing_or_looks_different() {
        refuses("GET", "/api/media/7", 200, JSON, MEDIA.replace("\"tags\":[],", ""), "tags");
        refuses("GET", "/api/media/7", 200, JSON, MEDIA.replace(".123Z", "Z"), "uploaded_at");
        refuses("GET", "/api/media/7", 200, JSON, MEDIA.replace("\"image\"", "\"IMAGE\""), "kind");
        refuses("GET", "/api/auth/sessions", 200, JSON, "{\"items\":[]}", "next_cursor");
    }

    @Test
    void refuses_what_is_not_documented_for_the_operation() {
        refuses("GET", "/api/media", 500, PROBLEM, problem(500, "internal"), "does not have this status");
        refuses("GET", "/api/media", 404, PROBLEM, problem(404, "not_found"), "does not have this status");
        refuses("GET", "/api/media/7", 404, PROBLEM, problem(404, "no_thumbnail"), "other codes");
        refuses("GET", "/api/media/7", 404, PROBLEM, problem(400, "not_found"), "another status");
        refuses("GET", "/api/health", 200, "text/plain", "ok", "another content type");
        refuses("DELETE", "/api/media/7", 204, JSON, "{}", "no body here");
    }

    private static void accepts(String method, String path, int status, String contentType, String body) {
        assertThatCode(check(method, path, status, contentType, body)).doesNotThrowAnyException();
    }

    private static void refuses(
            String method, String path, int status, String contentType, String body, String message) {
        assertThatThrownBy(check(method, path, status, contentType, body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static ThrowingCallable check(String method, String path, int status, String contentType, String body) {
        return () -> CONTRACT.check(method, path, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String list(String item) {
        return "{\"items\":[" + item + "],\"next_cursor\":null}";
    }

    private static String with(String object, String field) {
        return object.substring(0, object.length() - 1) + ",\"" + field + "\":\"x\"}";
    }

    private static String problem(int status, String code) {
        return """
                {"type":"about:blank","title":"t","status":%d,"detail":"d","code":"%s","request_id":"r-1"}""".formatted(status, code);
    }
}
