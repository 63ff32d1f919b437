package dev.latchkey.http;

import dev.latchkey.error.Problem;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests for hosts that are not ours before any handler sees them: 421, or 400 without exactly one host. */
public final class HostGuard extends Handler.Wrapper {
    private final HostNames names;

    public HostGuard(HostNames names) {
        this.names = names;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        HttpURI uri = request.getHttpURI();
        if (hosts.size() != 1 || uri.getHost() == null || uri.getHost().isBlank()) {
            return refuse(request, response, callback, Problem.malformed("The request must name exactly one host."));
        }
        if (!names.allow(uri.getHost())) {
            Problem unknown = Problem.of(
                    Problem.Kind.MISDIRECTED,
                    "unknown_host",
                    "Latchkey does not answer to this name. Use the machine's address, or add the name to allowed_hosts.");
            return refuse(request, response, callback, unknown);
        }
        return super.handle(request, response, callback);
    }

    private static boolean refuse(Request request, Response response, Callback callback, Problem problem) {
        CoreProblems.write(request, response, callback, problem);
        return true;
    }
}
