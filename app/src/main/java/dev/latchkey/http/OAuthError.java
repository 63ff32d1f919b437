package dev.latchkey.http;

import dev.latchkey.error.Problem;

/** What an OAuth endpoint says is wrong with a request (RFC 6749, 5.2). */
record OAuthError(String error, String errorDescription) {
    static final int STATUS = 400;

    /** Whether {@code problem} is one that the RFC has a form for; overload and the like are not. */
    static boolean covers(Problem problem) {
        return problem.kind() == Problem.Kind.BAD_REQUEST || problem.kind() == Problem.Kind.UNPROCESSABLE;
    }

    static OAuthError of(Problem problem) {
        boolean unreadable =
                problem.code().equals("malformed") || problem.code().equals("invalid_fields");
        return new OAuthError(unreadable ? "invalid_request" : problem.code(), problem.detail());
    }
}
