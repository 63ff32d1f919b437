package dev.latchkey.cli;

import dev.latchkey.error.Problem;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Ends the sign-in of this machine. */
@Command(
        name = "logout",
        description = "Ends the sign-in that login made, on the server and here.",
        mixinStandardHelpOptions = true)
final class LogoutCommand extends RemoteCommand {
    @Override
    public Integer call() {
        Optional<String> refreshToken = connection().refreshToken();
        if (refreshToken.isEmpty()) {
            err("Nobody is signed in at " + connection().server() + ".");
            return 0;
        }
        try {
            connection()
                    .anonymous("POST", "/api/auth/revoke", Map.of("token", refreshToken.get()))
                    .orRefusal();
        } catch (Problem e) {
            connection().home().forget();
            throw Problem.unavailable(
                    "Signed out here, but the server could not be told: " + e.detail()
                            + " End the sign-in there when it is back.",
                    null);
        }
        connection().home().forget();
        err("Signed out.");
        return 0;
    }
}
