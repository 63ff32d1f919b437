package dev.latchkey.api;

import dev.latchkey.account.Instance;
import dev.latchkey.audit.Actor;
import dev.latchkey.config.Config;
import dev.latchkey.db.Readiness;
import dev.latchkey.http.CredentialStore;
import dev.latchkey.http.Requests;
import dev.latchkey.http.SessionCookie;
import io.javalin.http.Context;
import java.util.List;

/** Is the server up, and what is it. */
public final class InstanceHandler {
    record Health(String status) {}

    record InstanceView(
            String name,
            String version,
            Mode mode,
            boolean setupRequired,
            boolean setupCodeRequired,
            boolean signedIn,
            Config.Registration registration,
            SignInView signIn,
            PasswordView password) {}

    enum Mode {
        LOCAL,
        SHARED
    }

    record SignInView(boolean password, List<ProviderView> providers) {}

    record ProviderView(String id, String name) {}

    record PasswordView(int minLength) {}

    private static final Health OK = new Health("ok");

    private final Config config;
    private final String version;
    private final Instance instance;
    private final Readiness readiness;
    private final CredentialStore cookies;

    /** @param cookies whose session a browser has */
    public InstanceHandler(
            Config config, String version, Instance instance, Readiness readiness, CredentialStore cookies) {
        this.config = config;
        this.version = version;
        this.instance = instance;
        this.readiness = readiness;
        this.cookies = cookies;
    }

    /** Touches neither database nor disk. */
    public void health(Context ctx) {
        ctx.json(OK);
    }

    public void ready(Context ctx) {
        readiness.require();
        ctx.json(OK);
    }

    public void instance(Context ctx) {
        boolean shared = instance.isShared();
        ctx.json(new InstanceView(
                config.instanceName(),
                version,
                shared ? Mode.SHARED : Mode.LOCAL,
                !shared,
                !shared && !Requests.client(ctx).onThisMachine(),
                shared && hasSession(ctx),
                config.registration(),
                new SignInView(true, List.of()),
                new PasswordView(config.passwords().minLength())));
    }

    /** So that our pages need not ask for whoever is here and get a refusal, which browsers write down as an error. */
    private boolean hasSession(Context ctx) {
        Actor where = Requests.caller(ctx).actor();
        return SessionCookie.read(ctx)
                .flatMap(token -> cookies.resolve(token, where, false))
                .isPresent();
    }
}
