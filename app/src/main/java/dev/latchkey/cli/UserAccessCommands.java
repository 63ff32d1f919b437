package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;

/** Who may get in, and by what: the parts of {@code users} about one person's access. */
final class UserAccessCommands {
    private UserAccessCommands() {}

    /** Posts nothing but the wish to one of the person's routes. */
    abstract static class UserAction extends OnePersonCommand {
        private final String action;
        private final String done;

        /** The sentence has a {@code %s} for the name. */
        UserAction(String action, String done) {
            this.action = action;
            this.done = done;
        }

        @Override
        public final Integer call() {
            return post(action, Map.of(), done.formatted(user()));
        }
    }

    @Command(name = "activate", description = "Lets a person in again.", mixinStandardHelpOptions = true)
    static final class Activate extends UserAction {
        Activate() {
            super("activate", "%s may sign in again.");
        }
    }

    @Command(
            name = "deactivate",
            description = "Locks a person out at once; their files stay.",
            mixinStandardHelpOptions = true)
    static final class Deactivate extends UserAction {
        Deactivate() {
            super("deactivate", "%s is locked out.");
        }
    }

    @Command(
            name = "remove",
            description = "Removes an account for good; the files stay, of a former member.",
            mixinStandardHelpOptions = true)
    static final class Remove extends OnePersonCommand {
        @Override
        public Integer call() {
            connection().call("DELETE", path(), null);
            err("Removed " + user() + ".");
            return 0;
        }
    }

    @Command(
            name = "reset-password",
            description = "Makes a link by which a person chooses a new password, and mails it where that is possible.",
            mixinStandardHelpOptions = true)
    static final class ResetPassword extends OnePersonCommand {
        @Override
        public Integer call() {
            JsonNode reset = connection().call("POST", path() + "/reset-password", Map.of());
            err(
                    reset.path("email_sent").asBoolean()
                            ? "This link was also sent by mail:"
                            : "Hand this link over; no mail was sent:");
            printer().one(reset, reset.path("reset_url").asText());
            return 0;
        }
    }

    @Command(
            name = "set-password",
            description = "Asks for a new password of a person, who has to change it at the next sign-in.",
            mixinStandardHelpOptions = true)
    static final class SetPassword extends OnePersonCommand {
        @Override
        public Integer call() {
            String password = prompt().askSecret("New password for " + user());
            return post(
                    "set-password",
                    Map.of("password", password),
                    "Set. " + user() + " has to change it at the next sign-in.");
        }
    }

    @Command(
            name = "reset-second-factor",
            description = "Turns a person's second factor off, for somebody who lost the phone.",
            mixinStandardHelpOptions = true)
    static final class ResetSecondFactor extends UserAction {
        ResetSecondFactor() {
            super("reset-second-factor", "The second factor of %s is off.");
        }
    }

    @Command(name = "end-sessions", description = "Signs a person out everywhere.", mixinStandardHelpOptions = true)
    static final class EndSessions extends UserAction {
        EndSessions() {
            super("end-sessions", "%s is signed out everywhere.");
        }
    }

    @Command(
            name = "clear-delay",
            description = "Lets a person try to sign in again at once, after too many wrong passwords.",
            mixinStandardHelpOptions = true)
    static final class ClearDelay extends UserAction {
        ClearDelay() {
            super("clear-delay", "%s need not wait any more.");
        }
    }
}
