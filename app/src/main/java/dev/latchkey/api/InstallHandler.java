package dev.latchkey.api;

import dev.latchkey.error.Problem;
import dev.latchkey.http.Links;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Hands out the command line: the jar, its digest, and a script that installs both from this server. */
public final class InstallHandler {
    private static final String FILENAME = "latchkey.jar";
    /** Where the script has the server's address. */
    private static final String SERVER = "@SERVER@";

    private final RunningJar jar;
    private final Links links;
    private final String script = script();

    public InstallHandler(RunningJar jar, Links links) {
        this.jar = jar;
        this.links = links;
    }

    /** {@code /cli/install.sh}: as plain text, so that a browser shows it to whoever wants to read it first. */
    public void script(Context ctx) {
        ctx.contentType("text/plain; charset=utf-8");
        ctx.result(script.replace(SERVER, ShellWords.quoted(links.site(ctx))));
    }

    /** {@code /cli/download} */
    public void download(Context ctx) {
        try (RunningJar.Opened opened = jar.open()) {
            FileAnswer.send(ctx, opened.bytes(), opened.size(), opened.sha256(), () -> {
                ctx.contentType("application/java-archive");
                ctx.header("Content-Disposition", "attachment; filename=\"" + FILENAME + '"');
            });
        } catch (IOException e) {
            throw Problem.unavailable("The server cannot read its own jar.", e);
        }
    }

    /** {@code /cli/latchkey.jar.sha256}, in the form that {@code sha256sum} writes and checks. */
    public void digest(Context ctx) {
        try (RunningJar.Opened opened = jar.open()) {
            ctx.contentType("text/plain; charset=utf-8").result(opened.sha256() + "  " + FILENAME + "\n");
        } catch (IOException e) {
            throw Problem.unavailable("The server cannot read its own jar.", e);
        }
    }

    private static String script() {
        try (InputStream in = InstallHandler.class.getResourceAsStream("/install.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
