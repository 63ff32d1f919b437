package dev.latchkey.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.latchkey.config.Config.LogFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the log what {@code log.format} says: lines for people, or one JSON object a line. */
final class Logging {
    private static final Logger LOG = LoggerFactory.getLogger(Logging.class);

    private Logging() {}

    static void use(LogFormat format) {
        if (format == LogFormat.JSON) {
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>)
                    context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stdout");
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.start();
            appender.stop();
            appender.setEncoder(encoder);
            appender.start();
        }
    }

    /** Tells the person at the console, or the log that stands for one. */
    static void announce(List<String> lines, LogFormat format) {
        lines.forEach(format == LogFormat.JSON ? LOG::info : System.out::println);
    }
}
