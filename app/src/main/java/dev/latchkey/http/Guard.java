package dev.latchkey.http;

import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Credential;
import dev.latchkey.session.Scope;
import io.javalin.security.RouteRole;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What one route declares about who may call it, read once from its roles. */
public record Guard(
        Access access,
        Optional<Scope> scope,
        boolean sessionOnly,
        boolean beforePasswordChange,
        boolean local,
        boolean page,
        boolean files,
        boolean oauth,
        Optional<Budget> budget) {

    /** @throws IllegalStateException unless exactly one {@link Access} and at most one scope are declared */
    public static Guard of(Collection<? extends RouteRole> declared) {
        List<Access> access = only(declared, Access.class);
        List<Scope> scopes = only(declared, Rule.class).stream()
                .map(Rule::scope)
                .filter(scope -> scope != null)
                .toList();
        if (access.size() != 1 || scopes.size() > 1) {
            throw new IllegalStateException("A route must declare one access and at most one scope, not " + declared);
        }
        return new Guard(
                access.get(0),
                scopes.stream().findFirst(),
                declared.contains(Rule.SESSION),
                declared.contains(Rule.BEFORE_PASSWORD_CHANGE),
                declared.contains(Rule.LOCAL),
                declared.contains(Rule.PAGE),
                declared.contains(Rule.FILES),
                declared.contains(Rule.OAUTH),
                only(declared, Budget.class).stream().findFirst());
    }

    /**
     * Lets a caller pass who may call this route: by role, then by scope, then by how they signed in.
     *
     * @throws Problem 403
     */
    public void authorise(Caller caller) {
        Credential credential = caller.credential();
        if (!caller.atLeast(access.minimum())) {
            throw Problem.forbidden("forbidden", "Your role does not allow this. Ask someone who runs this library.");
        }
        if (scope.isPresent() && !credential.scopes().contains(scope.get())) {
            throw Problem.forbidden(
                    "insufficient_scope", "This needs the scope " + scope.get().text() + ".");
        }
        if (sessionOnly && !credential.kind().isInteractive()) {
            throw Problem.forbidden("session_required", "This is not open to a token like this one. Sign in to do it.");
        }
        if (scope.isEmpty() && credential.kind().isScoped()) {
            throw Problem.forbidden("insufficient_scope", "No scope of a personal access token opens this.");
        }
    }

    private static <T> List<T> only(Collection<? extends RouteRole> declared, Class<T> type) {
        return declared.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
