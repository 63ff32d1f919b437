package dev.latchkey.server;

import dev.latchkey.http.Guard;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.util.List;

/** One line of the route table. */
public record Route(HandlerType method, String path, Handler handler, List<RouteRole> declared) {
    /** What this route asks of its caller. @throws IllegalStateException when it does not declare exactly one access */
    public Guard guard() {
        return Guard.of(declared);
    }
}
