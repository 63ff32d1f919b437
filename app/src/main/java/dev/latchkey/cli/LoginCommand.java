package dev.latchkey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs in: by a code that is approved in a browser, or by password. */
@Command(
        name = "login",
        description = {
            "Signs in at a server and remembers it.",
            "Shows a code to approve in a browser where you are signed in. With --password, and where the server",
            "knows no such codes, it asks for your password here."
        },
        mixinStandardHelpOptions = true)
final class LoginCommand extends RemoteCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The server, as --server: latchkey login https://library.example.org")
    private String address;

    @Option(
            names = "--password",
            description = "Asks for username and password, and for a second factor where one is on.")
    private boolean byPassword;

    @Option(names = "--username", paramLabel = "NAME", description = "The username or e-mail address, with --password.")
    private String username;

    @Override
    String named() {
        return address == null ? super.named() : address;
    }

    @Override
    public Integer call() {
        JsonNode tokens = byPassword || username != null
                ? passwordGrant()
                : new DeviceGrant(connection(), this::err, DeviceGrant::sleep)
                        .run(deviceName())
                        .orElseGet(this::passwordGrant);
        String who = connection().signIn(tokens).at("/user/username").asText();
        err("Signed in at " + connection().server() + " as " + who + ".");
        if (connection().hasGivenToken()) {
            err("latchkey: warning: LATCHKEY_TOKEN is set, and wins over this sign-in");
        }
        return 0;
    }

    private JsonNode passwordGrant() {
        Prompt prompt = prompt();
        connection();
        Map<String, String> grant = new LinkedHashMap<>();
        grant.put("grant_type", "password");
        grant.put("username", username == null ? prompt.ask("Username or e-mail address") : username);
        grant.put("password", prompt.askSecret("Password"));
        grant.put("device_name", deviceName());
        Api.Answer answer = connection().anonymous("POST", "/api/auth/token", grant);
        if (answer.body().path("error").asText().equals("mfa_required")) {
            grant.put("totp", prompt.ask("Code from your authenticator app, or a backup code"));
            answer = connection().anonymous("POST", "/api/auth/token", grant);
        }
        return answer.orRefusal();
    }

    /** What the list of sign-ins calls this one. */
    static String deviceName() {
        try {
            return "latchkey on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "latchkey";
        }
    }
}
