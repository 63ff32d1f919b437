package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.harness.ContractCheck;
import dev.latchkey.http.Access;
import dev.latchkey.http.Guard;
import dev.latchkey.server.Route;
import dev.latchkey.server.Server;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ties openapi.yaml to the route table: the same operations, and the same answer to who may call them. */
class OpenApiContractTest {
    private static final ContractCheck CONTRACT = ContractCheck.shipped();

    @TempDir
    Path folder;

    @Test
    void theContractListsTheRoutesOfTheApiAndNoOthers() {
        Set<String> documented = new TreeSet<>(CONTRACT.operations());
        // Whatever can be got also answers HEAD, which the contract says once for all.
        CONTRACT.operations().stream()
                .filter(operation -> operation.startsWith("GET "))
                .forEach(operation -> documented.add(operation.replaceFirst("GET", "HEAD")));
        assertThat(apiRoutes().keySet()).isEqualTo(documented);
    }

    @Test
    void theContractNamesTheAccessThatTheRouteDeclares() {
        Map<String, List<String>> declared = new TreeMap<>();
        Map<String, List<String>> documented = new TreeMap<>();
        apiRoutes().forEach((name, route) -> {
            if (CONTRACT.operations().contains(name)) {
                declared.put(name, declaredAccess(route.guard()));
                documented.put(name, documentedAccess(route));
            }
        });
        assertThat(documented).isEqualTo(declared);
    }

    private Map<String, Route> apiRoutes() {
        Map<String, String> settings = Map.of(
                "listen", "127.0.0.1:0", "data_dir", folder.resolve("data").toString());
        try (Server server = Server.start(ConfigLoader.fromMap(settings), Clock.systemUTC())) {
            return server.routes().all().stream()
                    .filter(route -> route.path().matches("/(api|cli)/.*"))
                    .collect(Collectors.toMap(
                            route -> route.method() + " " + route.path(), route -> route, (a, b) -> a, TreeMap::new));
        }
    }

    /** Role, then scope or "session", then "local": what the contract writes into {@code security}. */
    private static List<String> declaredAccess(Guard guard) {
        List<String> access = new ArrayList<>();
        if (guard.access() != Access.PUBLIC) {
            access.add(guard.access().name().toLowerCase(Locale.ROOT));
        }
        guard.scope().ifPresent(scope -> access.add(scope.text()));
        if (guard.sessionOnly()) {
            access.add("session");
        }
        if (guard.local()) {
            access.add("local");
        }
        return access;
    }

    private static List<String> documentedAccess(Route route) {
        JsonNode security = CONTRACT.document()
                .path("paths")
                .path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT))
                .path("security");
        List<String> access = new ArrayList<>();
        security.path(0).path("bearer").forEach(need -> access.add(need.asText()));
        security.forEach(way -> {
            if (way.isEmpty()) {
                access.add("local");
            }
        });
        return access;
    }
}
