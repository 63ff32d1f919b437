package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.account.Role;
import dev.latchkey.account.User;
import dev.latchkey.audit.Actor;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Credential;
import dev.latchkey.session.Scope;
import io.javalin.security.RouteRole;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who passes which route, by role, scope and kind of credential. */
class GuardTest {
    private static final Set<Scope> ALL = Set.of(Scope.values());

    private static Caller caller(Role role, Credential.Kind kind, Set<Scope> scopes) {
        Instant now = Instant.EPOCH;
        User user = new User(
                7, "ada", "Ada", null, false, null, null, null, role, true, false, 0, 0, false, null, 0, null, now,
                null);
        Credential credential = new Credential(kind, 1, null, scopes, now);
        return new Caller(Caller.Kind.USER, user, credential, new Actor(7L, "127.0.0.1", null));
    }

    private static void passes(Caller caller, RouteRole... declared) {
        assertThatCode(() -> Guard.of(List.of(declared)).authorise(caller)).doesNotThrowAnyException();
    }

    private static void isRefused(String code, Caller caller, RouteRole... declared) {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> Guard.of(List.of(declared)).authorise(caller));
        assertThat(problem).isNotNull();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(problem.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(Credential.Kind.class)
    void aRoleThatIsTooLowIsRefusedWhateverTheCredential(Credential.Kind kind) {
        isRefused("forbidden", caller(Role.MEMBER, kind, ALL), Access.MANAGER, Rule.USERS_READ);
        isRefused("forbidden", caller(Role.MEMBER, kind, ALL), Access.MANAGER, Rule.SESSION);
        passes(caller(Role.MANAGER, kind, ALL), Access.MANAGER, Rule.USERS_READ);
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION", "ACCESS_TOKEN"})
    void whoSignedInMayDoAllThatTheRoleAllows(Credential.Kind kind) {
        Caller caller = caller(Role.MEMBER, kind, ALL);
        passes(caller, Access.MEMBER, Rule.LIBRARY_WRITE);
        passes(caller, Access.MEMBER, Rule.SESSION);
        passes(caller, Access.GUEST);
    }

    @Test
    void aPersonalAccessTokenDoesWhatItsScopesName() {
        Caller caller = caller(Role.ADMIN, Credential.Kind.PERSONAL_ACCESS_TOKEN, Set.of(Scope.LIBRARY_READ));
        passes(caller, Access.GUEST, Rule.LIBRARY_READ);
        isRefused("insufficient_scope", caller, Access.MEMBER, Rule.LIBRARY_WRITE);
        isRefused("insufficient_scope", caller, Access.ADMIN, Rule.USERS_WRITE);
    }

    @Test
    void aRouteThatNamesNoScopeIsClosedToPersonalAccessTokens() {
        Caller caller = caller(Role.ADMIN, Credential.Kind.PERSONAL_ACCESS_TOKEN, ALL);
        isRefused("insufficient_scope", caller, Access.GUEST);
        isRefused("insufficient_scope", caller, Access.GUEST, Rule.PAGE, Rule.LOCAL);
        isRefused("session_required", caller, Access.GUEST, Rule.SESSION);
        isRefused("session_required", caller, Access.GUEST, Rule.PROFILE_READ, Rule.SESSION);
    }

    @Test
    void aGuestTokenHasTheGuestRoutesButNotThoseOfASession() {
        Caller caller = caller(Role.GUEST, Credential.Kind.GUEST_TOKEN, ALL);
        passes(caller, Access.GUEST, Rule.LIBRARY_READ);
        passes(caller, Access.GUEST, Rule.BEFORE_PASSWORD_CHANGE);
        isRefused("session_required", caller, Access.GUEST, Rule.SESSION);
    }
}
