package dev.latchkey.cli;

import dev.latchkey.config.Config;
import dev.latchkey.config.ConfigLoader;
import dev.latchkey.server.Server;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the server until it is told to stop. */
@Command(name = "serve", description = "Runs the library (the default command).", mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {
    @Mixin
    private ConfigFile file = new ConfigFile();

    @Override
    public void run() {
        Config config = ConfigLoader.load(file.path(), System.getenv());
        Logging.use(config.logFormat());
        Server server = Server.start(config, Clock.systemUTC());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            stopped.countDown();
        }));
        Logging.announce(server.announcement(), config.logFormat());
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
