package dev.latchkey.server;

import dev.latchkey.config.Config.Listen;
import dev.latchkey.error.Problem;
import dev.latchkey.http.Arrival;
import dev.latchkey.http.CoreProblems;
import dev.latchkey.http.EventStreams;
import dev.latchkey.http.Gate;
import dev.latchkey.http.HostGuard;
import dev.latchkey.http.HostNames;
import dev.latchkey.http.JsonBodies;
import dev.latchkey.http.ProblemRenderer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Javalin and Jetty, set up once: who listens, in which order a request passes, and the limits of the transport. */
final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final int MAX_THREADS = 1000;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int OUTPUT_BYTES = 64 * 1024;
    private static final int INPUT_BYTES = 32 * 1024;
    private static final long IDLE_MILLIS = 30_000;
    /** How long a stop waits for requests under way. */
    private static final long DRAIN_MILLIS = 10_000;

    /** How long it waits for connections without a request, after that. */
    private static final long CLOSE_MILLIS = 1_000;

    private final Javalin javalin;
    private final GracefulHandler graceful;
    private final EventStreams streams;

    private HttpServer(Javalin javalin, GracefulHandler graceful, EventStreams streams) {
        this.javalin = javalin;
        this.graceful = graceful;
        this.streams = streams;
    }

    /** @throws Problem when the address cannot be listened on */
    static HttpServer start(
            Listen listen,
            HostNames hostNames,
            Arrival arrival,
            Gate gate,
            ProblemRenderer renderer,
            EventStreams streams,
            List<Route> routes) {
        GracefulHandler graceful = new GracefulHandler();
        Javalin javalin = Javalin.create(config -> {
            transport(config, listen, hostNames, graceful);
            config.jsonMapper(new JsonBodies());
            config.http.prefer405over404 = true;
            config.router.ignoreTrailingSlashes = false;
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.routes.before(arrival::handle);
            config.routes.beforeMatched(gate::handle);
            routes.forEach(route -> add(config, route));
            config.routes.after(streams::afterRequest);
            renderer.install(config.routes);
        });
        try {
            return new HttpServer(javalin.start(), graceful, streams);
        } catch (JavalinBindException e) {
            throw Problem.unavailable(
                    "Cannot listen on " + listen.host() + ":" + listen.port()
                            + ": the port is taken or needs more rights. Set listen to another one.",
                    e);
        }
    }

    private static void add(JavalinConfig config, Route route) {
        Handler handler = route.handler();
        config.routes.addHttpHandler(
                route.method(), route.path(), handler, route.declared().toArray(RouteRole[]::new));
    }

    private static void transport(JavalinConfig config, Listen listen, HostNames hostNames, GracefulHandler graceful) {
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(server -> {
            server.insertHandler(new HostGuard(hostNames));
            server.insertHandler(graceful);
            server.setErrorHandler(new CoreProblems());
            server.setStopTimeout(CLOSE_MILLIS);
        });
        config.jetty.modifyHttpConfiguration(HttpServer::limits);
        config.jetty.addConnector((server, http) -> connector(server, http, listen));
    }

    private static void limits(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setSendServerVersion(false);
        // A connection keeps the headers that it has seen; found without regard to case, a wrong token became the right
        // one.
        http.setHeaderCacheCaseSensitive(true);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setOutputBufferSize(OUTPUT_BYTES);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, Listen listen) {
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        factory.setInputBufferSize(INPUT_BYTES);
        ServerConnector connector = new ServerConnector(server, factory);
        connector.setHost(listen.host().replaceAll("[\\[\\]]", ""));
        connector.setPort(listen.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(CLOSE_MILLIS / 5); // by then requests have ended, see close()
        return connector;
    }

    /** On Java 21 and later every request runs on a virtual thread of its own. */
    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, 8);
        pool.setName("http");
        pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        return pool;
    }

    int port() {
        return javalin.port();
    }

    /** Requests under way first: Jetty's own stop cuts off whoever reads slowly after one second. */
    @Override
    public void close() {
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            ((ServerConnector) connector).close();
        }
        streams.close(); // they would never end by themselves
        try {
            graceful.shutdown().get(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Requests that took longer than {} ms to end are cut off", DRAIN_MILLIS);
        } catch (ExecutionException e) {
            LOG.warn("Waiting for requests under way failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }
}
