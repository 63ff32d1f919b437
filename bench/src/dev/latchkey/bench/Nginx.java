package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx with a configuration of our own, as a foreground child on the loopback, serving one folder with sendfile. */
final class Nginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes auto;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 256; }
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_requests 100000000;
                default_type application/octet-stream;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                server {
                    listen 127.0.0.1:%2$d;
                    root %3$s;
                }
            }
            """;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean present() {
        return Processes.present("nginx");
    }

    static Nginx start(Path folder, Path root) throws IOException, InterruptedException {
        int port = Lab.freePort();
        Path configuration = folder.resolve("nginx.conf");
        // The workers may run as another user, who must be able to walk down to the files.
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        Files.writeString(configuration, user + CONFIGURATION.formatted(folder, port, root));
        var builder = new ProcessBuilder("nginx", "-c", configuration.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile());
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        var nginx = new Nginx(Processes.start(builder), port);
        nginx.awaitListening();
        return nginx;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Processes.end(process);
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int i = 0; i < 400; i++) {
            try (Wire wire = new Wire(port)) {
                wire.send(wire.get("/", null));
                return;
            } catch (java.net.ConnectException notYet) {
                Thread.sleep(10);
            }
        }
        close();
        throw new IOException("nginx did not start");
    }
}
