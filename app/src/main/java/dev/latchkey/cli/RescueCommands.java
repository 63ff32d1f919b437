package dev.latchkey.cli;

import dev.latchkey.account.Rescue;
import dev.latchkey.config.Config;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.error.Problem;
import dev.latchkey.server.Maintenance;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for whoever has the server's machine, when nobody can sign in any more; the server has to be stopped. */
final class RescueCommands {
    private RescueCommands() {}

    /** Opens the data folder and does one thing for one person. */
    abstract static class Rescuing implements Runnable {
        @Mixin
        private ConfigFile file = new ConfigFile();

        @Parameters(paramLabel = "USER", description = "The username.")
        private String username;

        @Spec
        private CommandSpec spec;

        @Override
        public final void run() {
            Config config = ConfigLoader.load(file.path(), System.getenv());
            try (Maintenance maintenance = Maintenance.open(config, Clock.systemUTC())) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(rescue(maintenance.rescue(), username, new Prompt(err)));
                err.flush();
            }
        }

        /** Does it, and says what was done. */
        abstract String rescue(Rescue rescue, String username, Prompt prompt);
    }

    @Command(
            name = "reset-password",
            description = {
                "Gives a person a new password, on the server's own machine.",
                "Stop the server first. While it runs, an admin uses: latchkey users reset-password USER"
            },
            mixinStandardHelpOptions = true)
    static final class ResetPassword extends Rescuing {
        @Override
        String rescue(Rescue rescue, String username, Prompt prompt) {
            rescue.requireUser(username);
            String password = prompt.askSecret("New password");
            if (!prompt.askSecret("Once more").equals(password)) {
                throw Problem.malformed("The two are not the same; nothing was changed.");
            }
            rescue.resetPassword(username, password);
            return "The password of " + username + " is changed, and all their sign-ins have ended.";
        }
    }

    @Command(
            name = "reset-second-factor",
            description = {
                "Switches a person's second factor off, on the server's own machine.",
                "Stop the server first. While it runs, an admin uses: latchkey users reset-second-factor USER"
            },
            mixinStandardHelpOptions = true)
    static final class ResetSecondFactor extends Rescuing {
        @Override
        String rescue(Rescue rescue, String username, Prompt prompt) {
            rescue.resetSecondFactor(username);
            return "The second factor of " + username + " is off.";
        }
    }

    @Command(
            name = "make-admin",
            description = {
                "Makes a person an admin who may sign in, on the server's own machine.",
                "Stop the server first. While it runs, an admin uses: latchkey users set USER --role admin"
            },
            mixinStandardHelpOptions = true)
    static final class MakeAdmin extends Rescuing {
        @Override
        String rescue(Rescue rescue, String username, Prompt prompt) {
            rescue.makeAdmin(username);
            return username + " is an admin now.";
        }
    }
}
