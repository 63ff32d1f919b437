package dev.latchkey.api;

import dev.latchkey.account.Instance;
import dev.latchkey.config.Config;
import dev.latchkey.db.Readiness;
import dev.latchkey.http.Requests;
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

    public InstanceHandler(Config config, String version, Instance instance, Readiness readiness) {
        this.config = config;
        this.version = version;
        this.instance = instance;
        this.readiness = readiness;
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
                config.registration(),
                new SignInView(true, List.of()),
                new PasswordView(config.passwords().minLength())));
    }
}
