package dev.latchkey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.error.Problem;
import java.util.List;

/** The {@code application/problem+json} form of a problem (RFC 9457). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        List<Problem.FieldError> errors,
        List<String> reasons,
        Boolean success,
        String error) {

    static final String CONTENT_TYPE = "application/problem+json";

    static ProblemBody of(Problem problem, String requestId) {
        int status = status(problem.kind());
        boolean joinCode = problem.code().equals("join_code_invalid"); // what players of codes look for
        return new ProblemBody(
                "about:blank",
                title(problem.kind()),
                status,
                problem.detail(),
                problem.code(),
                requestId,
                problem.errors(),
                problem.reasons(),
                joinCode ? false : null,
                joinCode ? problem.detail() : null);
    }

    /** The same, under a status that was decided below us. */
    ProblemBody withStatus(int other) {
        return new ProblemBody(type, title, other, detail, code, requestId, errors, reasons, success, error);
    }

    static int status(Problem.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case CONFLICT -> 409;
            case GONE -> 410;
            case PRECONDITION_FAILED -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case RANGE_NOT_SATISFIABLE -> 416;
            case MISDIRECTED -> 421;
            case UNPROCESSABLE -> 422;
            case LOCKED -> 423;
            case RATE_LIMITED -> 429;
            case CHECKSUM_MISMATCH -> 460; // by tus, not by HTTP
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
            case STORAGE_FULL -> 507;
        };
    }

    private static String title(Problem.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST -> "Bad request";
            case UNAUTHENTICATED -> "Sign-in needed";
            case FORBIDDEN -> "Not allowed";
            case NOT_FOUND -> "Not found";
            case METHOD_NOT_ALLOWED -> "Method not allowed";
            case CONFLICT -> "Conflict";
            case GONE -> "Gone";
            case PRECONDITION_FAILED -> "Precondition failed";
            case TOO_LARGE -> "Too large";
            case UNSUPPORTED_MEDIA_TYPE -> "Unsupported media type";
            case RANGE_NOT_SATISFIABLE -> "Range not satisfiable";
            case MISDIRECTED -> "Wrong host";
            case UNPROCESSABLE -> "Not acceptable";
            case LOCKED -> "Locked";
            case CHECKSUM_MISMATCH -> "Checksum mismatch";
            case RATE_LIMITED -> "Too many attempts";
            case INTERNAL -> "Internal error";
            case UNAVAILABLE -> "Not available";
            case STORAGE_FULL -> "Storage full";
        };
    }
}
