package dev.latchkey.server;

import static dev.latchkey.http.Access.ADMIN;
import static dev.latchkey.http.Access.GUEST;
import static dev.latchkey.http.Access.MANAGER;
import static dev.latchkey.http.Access.MEMBER;
import static dev.latchkey.http.Access.PUBLIC;
import static dev.latchkey.http.Rule.AUDIT_READ;
import static dev.latchkey.http.Rule.BEFORE_PASSWORD_CHANGE;
import static dev.latchkey.http.Rule.FILES;
import static dev.latchkey.http.Rule.LIBRARY_READ;
import static dev.latchkey.http.Rule.LIBRARY_WRITE;
import static dev.latchkey.http.Rule.LOCAL;
import static dev.latchkey.http.Rule.OAUTH;
import static dev.latchkey.http.Rule.PAGE;
import static dev.latchkey.http.Rule.PROFILE_READ;
import static dev.latchkey.http.Rule.SESSION;
import static dev.latchkey.http.Rule.USERS_READ;
import static dev.latchkey.http.Rule.USERS_WRITE;

import dev.latchkey.http.Budget;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.util.ArrayList;
import java.util.List;

/** The whole product in one table: each line a route, its handler, and who may call it. */
public final class Routes {
    private final List<Route> all = new ArrayList<>();

    Routes(Handlers to) {
        get("/api/health", to.instance()::health, PUBLIC);
        get("/api/health/ready", to.instance()::ready, PUBLIC);
        get("/api/instance", to.instance()::instance, PUBLIC);
        get("/api/openapi.yaml", to.docs()::openapi, PUBLIC);
        get("/api/docs", to.docs()::page, PUBLIC);

        post("/api/auth/setup", to.setup()::setUp, PUBLIC, Budget.SETUP);
        post("/api/auth/login", to.signIn()::login, PUBLIC, Budget.LOGIN);
        post("/api/auth/login/second-factor", to.signIn()::secondFactor, PUBLIC, Budget.SECOND_FACTOR);
        post("/api/auth/logout", to.signIn()::logout, GUEST, BEFORE_PASSWORD_CHANGE);
        get("/api/auth/me", to.me()::me, GUEST, PROFILE_READ, BEFORE_PASSWORD_CHANGE);
        patch("/api/auth/me", to.me()::change, GUEST, SESSION, Budget.CHANGE);
        post("/api/auth/token", to.tokens()::token, PUBLIC, OAUTH);
        post("/api/auth/revoke", to.tokens()::revoke, PUBLIC, OAUTH);
        post("/api/auth/device", to.devices()::start, PUBLIC, OAUTH, Budget.DEVICE);
        get("/api/auth/device/{user_code}", to.devices()::look, GUEST, SESSION, Budget.USER_CODE);
        post("/api/auth/device/approve", to.devices()::approve, GUEST, SESSION, Budget.USER_CODE);
        post("/api/auth/device/deny", to.devices()::deny, GUEST, SESSION, Budget.USER_CODE);
        get("/api/auth/sessions", to.sessions()::list, GUEST, SESSION);
        delete("/api/auth/sessions", to.sessions()::endOthers, GUEST, SESSION);
        delete("/api/auth/sessions/{id}", to.sessions()::end, GUEST, SESSION);

        post("/api/auth/tokens", to.personalTokens()::create, MEMBER, SESSION);
        get("/api/auth/tokens", to.personalTokens()::list, MEMBER, SESSION);
        get("/api/auth/tokens/{id}", to.personalTokens()::one, MEMBER, SESSION);
        delete("/api/auth/tokens/{id}", to.personalTokens()::revoke, MEMBER, SESSION);
        get("/api/auth/admin/tokens", to.personalTokens()::listAll, ADMIN, SESSION);
        delete("/api/auth/admin/tokens/{id}", to.personalTokens()::revokeAny, ADMIN, SESSION);

        post("/api/auth/totp/enroll", to.secondFactor()::enroll, GUEST, SESSION, Budget.CHANGE);
        post("/api/auth/totp/confirm", to.secondFactor()::confirm, GUEST, SESSION, Budget.SECOND_FACTOR);
        post("/api/auth/totp/disable", to.secondFactor()::disable, GUEST, SESSION, Budget.CHANGE);
        post("/api/auth/totp/backup-codes", to.secondFactor()::newBackupCodes, GUEST, SESSION, Budget.CHANGE);

        post(
                "/api/auth/password/change",
                to.passwords()::change,
                GUEST,
                SESSION,
                BEFORE_PASSWORD_CHANGE,
                Budget.CHANGE);
        post("/api/auth/password/forgot", to.passwords()::forgot, PUBLIC, Budget.FORGOT);
        post("/api/auth/password/verify-reset-token", to.passwords()::look, PUBLIC, Budget.RESET);
        post("/api/auth/password/reset", to.passwords()::reset, PUBLIC, Budget.RESET);
        post("/api/auth/password/check", to.passwords()::check, PUBLIC, Budget.CHECK);
        get("/api/auth/email/verification-status", to.email()::status, PUBLIC);
        post("/api/auth/email/send-verification", to.email()::send, GUEST, SESSION, Budget.SEND_VERIFICATION);
        post("/api/auth/email/verify", to.email()::verify, PUBLIC, Budget.RESET);

        post("/api/auth/register", to.registration()::register, PUBLIC, Budget.REGISTER);
        post("/api/auth/invites", to.invites()::create, MANAGER, SESSION);
        get("/api/auth/invites", to.invites()::list, MANAGER, SESSION);
        delete("/api/auth/invites/{id}", to.invites()::delete, MANAGER, SESSION);
        post("/api/auth/join-requests", to.joinRequests()::create, PUBLIC, Budget.JOIN_REQUEST);
        get("/api/auth/join-requests", to.joinRequests()::list, MANAGER, SESSION);
        post("/api/auth/join-requests/{id}/approve", to.joinRequests()::approve, MANAGER, SESSION);
        post("/api/auth/join-requests/{id}/reject", to.joinRequests()::reject, MANAGER, SESSION);

        post("/api/auth/join-codes", to.joinCodes()::create, MANAGER, SESSION);
        get("/api/auth/join-codes", to.joinCodes()::list, MANAGER, SESSION);
        delete("/api/auth/join-codes", to.joinCodes()::revokeAll, MANAGER, SESSION);
        delete("/api/auth/join-codes/{id}", to.joinCodes()::revoke, MANAGER, SESSION);
        post("/api/auth/join-codes/exchange", to.joinCodes()::exchange, PUBLIC);

        get("/api/users", to.users()::list, ADMIN, USERS_READ);
        post("/api/users", to.users()::create, ADMIN, USERS_WRITE);
        get("/api/users/{id}", to.users()::one, ADMIN, USERS_READ);
        patch("/api/users/{id}", to.users()::change, ADMIN, USERS_WRITE);
        delete("/api/users/{id}", to.users()::remove, ADMIN, USERS_WRITE);
        post("/api/users/{id}/activate", to.users()::activate, ADMIN, SESSION);
        post("/api/users/{id}/deactivate", to.users()::deactivate, ADMIN, SESSION);
        post("/api/users/{id}/set-password", to.users()::setPassword, ADMIN, SESSION);
        post("/api/users/{id}/end-sessions", to.users()::endSessions, ADMIN, SESSION);
        post("/api/users/{id}/clear-delay", to.users()::clearDelay, ADMIN, SESSION);
        post("/api/users/{id}/reset-second-factor", to.secondFactor()::reset, ADMIN, SESSION);
        post("/api/users/{id}/reset-password", to.passwords()::issueLink, ADMIN, SESSION);
        get("/api/mail", to.mail()::list, ADMIN, SESSION);
        post("/api/mail/{id}/retry", to.mail()::retry, ADMIN, SESSION);
        delete("/api/mail/{id}", to.mail()::delete, ADMIN, SESSION);
        get("/api/audit", to.audit()::list, ADMIN, AUDIT_READ);
        get("/api/system", to.system()::system, ADMIN, SESSION);

        post("/api/media", to.uploads()::form, MEMBER, LIBRARY_WRITE, LOCAL, FILES);
        put("/api/media/raw", to.uploads()::raw, MEMBER, LIBRARY_WRITE, LOCAL, FILES);
        get("/api/media", to.media()::list, GUEST, LIBRARY_READ, LOCAL);
        head("/api/media/by-hash/{sha256}", to.media()::byHash, GUEST, LIBRARY_READ, LOCAL);
        get("/api/media/timeline", to.media()::timeline, GUEST, LIBRARY_READ, LOCAL);
        get("/api/media/{id}", to.media()::one, GUEST, LIBRARY_READ, LOCAL);
        patch("/api/media/{id}", to.media()::edit, MEMBER, LIBRARY_WRITE, LOCAL);
        delete("/api/media/{id}", to.media()::trash, MEMBER, LIBRARY_WRITE, LOCAL);
        get("/api/media/{id}/content", to.content()::content, GUEST, LIBRARY_READ, LOCAL);
        get("/api/media/{id}/thumbnail", to.content()::thumbnail, GUEST, LIBRARY_READ, LOCAL);
        options("/api/uploads", to.resumableUploads()::options, PUBLIC);
        post("/api/uploads", to.resumableUploads()::create, MEMBER, LIBRARY_WRITE, LOCAL, FILES);
        options("/api/uploads/{id}", to.resumableUploads()::options, PUBLIC);
        head("/api/uploads/{id}", to.resumableUploads()::look, MEMBER, LIBRARY_WRITE, LOCAL, FILES);
        patch("/api/uploads/{id}", to.resumableUploads()::append, MEMBER, LIBRARY_WRITE, LOCAL, FILES);
        delete("/api/uploads/{id}", to.resumableUploads()::remove, MEMBER, LIBRARY_WRITE, LOCAL);
        get("/api/tags", to.facets()::tags, GUEST, LIBRARY_READ, LOCAL);
        get("/api/uploaders", to.facets()::uploaders, GUEST, LIBRARY_READ, LOCAL);
        post("/api/media/{id}/deletion-requests", to.deletionRequests()::create, MEMBER, LIBRARY_WRITE, LOCAL);
        get("/api/deletion-requests", to.deletionRequests()::list, MANAGER, SESSION, LOCAL);
        post("/api/deletion-requests/{id}/approve", to.deletionRequests()::approve, MANAGER, SESSION, LOCAL);
        post("/api/deletion-requests/{id}/reject", to.deletionRequests()::reject, MANAGER, SESSION, LOCAL);
        get("/api/trash", to.trash()::list, MEMBER, LIBRARY_READ, LOCAL);
        post("/api/trash/{id}/restore", to.trash()::restore, MEMBER, LIBRARY_WRITE, LOCAL);
        delete("/api/trash/{id}", to.trash()::purge, MEMBER, SESSION, LOCAL);

        get("/api/events", to.events()::events, GUEST, LIBRARY_READ, LOCAL);

        get("/cli/install.sh", to.install()::script, PUBLIC);
        get("/cli/download", to.install()::download, PUBLIC);
        get("/cli/latchkey.jar.sha256", to.install()::digest, PUBLIC);

        get("/", to.pages().page("index"), GUEST, PAGE, LOCAL);
        get("/setup", to.pages().page("setup"), PUBLIC, PAGE);
        get("/login", to.pages().page("login"), PUBLIC, PAGE);
        get("/device", to.pages().page("device"), GUEST, SESSION, PAGE);
        get("/profile", to.pages().page("profile"), GUEST, SESSION, PAGE);
        get("/admin", to.pages().redirect("/admin/requests"), MANAGER, SESSION, PAGE);
        get("/admin/requests", to.pages().page("admin"), MANAGER, SESSION, PAGE);
        get("/admin/invites", to.pages().page("admin"), MANAGER, SESSION, PAGE);
        get("/admin/people", to.pages().page("admin"), ADMIN, SESSION, PAGE);
        get("/admin/tokens", to.pages().page("admin"), ADMIN, SESSION, PAGE);
        get("/admin/mail", to.pages().page("admin"), ADMIN, SESSION, PAGE);
        get("/admin/audit", to.pages().page("admin"), ADMIN, SESSION, PAGE);
        get("/admin/system", to.pages().page("admin"), ADMIN, SESSION, PAGE);
        get("/join", to.pages().landing("join"), PUBLIC, PAGE);
        get("/reset-password", to.pages().landing("reset-password"), PUBLIC, PAGE);
        get("/verify-email", to.pages().landing("verify-email"), PUBLIC, PAGE);
        get("/install", to.pages().page("install"), PUBLIC, PAGE);
        get("/offline", to.pages().page("offline"), PUBLIC, PAGE);
        get("/manifest.webmanifest", to.manifest()::manifest, PUBLIC);
        get("/service-worker.js", to.pages()::serviceWorker, PUBLIC);
        get("/assets/{file}", to.pages().asset("assets/"), PUBLIC);
        get("/assets/lit/{file}", to.pages().asset("assets/lit/"), PUBLIC);
        get("/assets/lit/directives/{file}", to.pages().asset("assets/lit/directives/"), PUBLIC);
    }

    /** Every route, in the order of the table; each GET is also a HEAD. */
    public List<Route> all() {
        return List.copyOf(all);
    }

    private void get(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.GET, path, handler, declared);
        add(HandlerType.HEAD, path, handler, declared); // Javalin would answer it without asking the gate
    }

    private void head(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.HEAD, path, handler, declared);
    }

    private void options(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.OPTIONS, path, handler, declared);
    }

    private void post(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.POST, path, handler, declared);
    }

    private void put(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.PUT, path, handler, declared);
    }

    private void patch(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.PATCH, path, handler, declared);
    }

    private void delete(String path, Handler handler, RouteRole... declared) {
        add(HandlerType.DELETE, path, handler, declared);
    }

    private void add(HandlerType method, String path, Handler handler, RouteRole... declared) {
        Route route = new Route(method, path, handler, List.of(declared));
        route.guard(); // a route that does not say who may call it stops the start
        all.add(route);
    }
}
