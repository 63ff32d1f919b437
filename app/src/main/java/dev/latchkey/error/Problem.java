package dev.latchkey.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one exception that Latchkey's own code throws: a stable code for programs, a sentence that is safe to show to
 * whoever made the request, and at most a hidden cause for the log. It knows no HTTP; {@link Kind} says which sort of
 * trouble it is and the renderer in {@code http} turns that into a status.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Sorts of trouble, from the caller's mistakes to ours. */
    public enum Kind {
        BAD_REQUEST,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        CONFLICT,
        GONE,
        PRECONDITION_FAILED,
        TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        RANGE_NOT_SATISFIABLE,
        MISDIRECTED,
        UNPROCESSABLE,
        LOCKED,
        RATE_LIMITED,
        CHECKSUM_MISMATCH,
        INTERNAL,
        UNAVAILABLE,
        STORAGE_FULL
    }

    /** What is wrong with one field of a request, said to the person who filled it in. */
    public record FieldError(String field, String message) {}

    private final Kind kind;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient List<String> reasons;
    private final transient Optional<Duration> retryAfter;

    private Problem(
            Kind kind,
            String code,
            String detail,
            List<FieldError> errors,
            List<String> reasons,
            Duration retryAfter,
            Throwable cause) {
        // A refusal is an answer, not an accident: only what has a cause needs a stack for the log.
        super(detail, cause, false, kind == Kind.INTERNAL || cause != null);
        this.kind = kind;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.reasons = List.copyOf(reasons);
        this.retryAfter = Optional.ofNullable(retryAfter);
    }

    /** A problem of any kind with a code of API.md and a sentence for the caller. */
    public static Problem of(Kind kind, String code, String detail) {
        return new Problem(kind, code, detail, List.of(), List.of(), null, null);
    }

    /** 400 {@code malformed}: the request cannot be read at all. */
    public static Problem malformed(String detail) {
        return of(Kind.BAD_REQUEST, "malformed", detail);
    }

    /** 422 {@code invalid_fields}: well-formed, but these fields are not acceptable. */
    public static Problem invalidFields(List<FieldError> errors) {
        String detail = "Some fields are not acceptable: "
                + String.join(
                        "; ",
                        errors.stream().map(e -> e.field() + " " + e.message()).toList());
        return new Problem(Kind.UNPROCESSABLE, "invalid_fields", detail, errors, List.of(), null, null);
    }

    /** 422 {@code invalid_fields} for a single field. */
    public static Problem invalidField(String field, String message) {
        return invalidFields(List.of(new FieldError(field, message)));
    }

    /** 422 {@code password_refused} with every reason, each a sentence. */
    public static Problem passwordRefused(List<String> reasons) {
        return new Problem(
                Kind.UNPROCESSABLE, "password_refused", String.join(" ", reasons), List.of(), reasons, null, null);
    }

    /** 401: no credential, or one that does not count. */
    public static Problem unauthenticated(String code, String detail) {
        return of(Kind.UNAUTHENTICATED, code, detail);
    }

    /** 403 with a code that says why. */
    public static Problem forbidden(String code, String detail) {
        return of(Kind.FORBIDDEN, code, detail);
    }

    /** 404 {@code not_found}; also for what the caller may not know about. */
    public static Problem notFound(String detail) {
        return of(Kind.NOT_FOUND, "not_found", detail);
    }

    /** 409 with a code that says what is in the way. */
    public static Problem conflict(String code, String detail) {
        return of(Kind.CONFLICT, code, detail);
    }

    /** 423 with a code: somebody else is at it, and will have done after {@code retryAfter} or so. */
    public static Problem locked(String code, String detail, Duration retryAfter) {
        return new Problem(Kind.LOCKED, code, detail, List.of(), List.of(), retryAfter, null);
    }

    /** 429 {@code rate_limited}: come back after {@code retryAfter}. */
    public static Problem rateLimited(Duration retryAfter) {
        return new Problem(
                Kind.RATE_LIMITED,
                "rate_limited",
                "Too many attempts. Please wait " + Math.max(1, retryAfter.toSeconds()) + " seconds and try again.",
                List.of(),
                List.of(),
                retryAfter,
                null);
    }

    /** 503 {@code busy}: the work would be accepted later. */
    public static Problem busy(String detail, Duration retryAfter) {
        return new Problem(Kind.UNAVAILABLE, "busy", detail, List.of(), List.of(), retryAfter, null);
    }

    /** 503 {@code unavailable}: something below us failed, and a later try may well work. */
    public static Problem unavailable(String detail, Throwable cause) {
        return new Problem(Kind.UNAVAILABLE, "unavailable", detail, List.of(), List.of(), Duration.ofSeconds(5), cause);
    }

    /** 507 {@code storage_full}: the disk, or its reserve, has no room for this. */
    public static Problem storageFull(Throwable cause) {
        return new Problem(
                Kind.STORAGE_FULL,
                "storage_full",
                "The server's disk is too full to store this. Free some space, or ask whoever runs the server.",
                List.of(),
                List.of(),
                null,
                cause);
    }

    /** 500 {@code internal}: a bug of ours; the detail tells nothing about the cause. */
    public static Problem internal(Throwable cause) {
        return new Problem(
                Kind.INTERNAL,
                "internal",
                "Something went wrong inside Latchkey. The log has the details under this request id.",
                List.of(),
                List.of(),
                null,
                cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The stable machine-readable code, in snake_case. */
    public String code() {
        return code;
    }

    /** The sentence for the caller; never contains SQL, paths or class names. */
    public String detail() {
        return getMessage();
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** Why a password was refused; empty for every other problem. */
    public List<String> reasons() {
        return reasons;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
