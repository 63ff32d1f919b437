package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latchkey.session.Caller;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Something that has happened, for those who watch.
 *
 * @param key of several waiting events with equal keys only the last is told
 * @param audience who may hear of it; asked for each watcher, just before they are told
 * @param message what they hear; made once, when it is told
 */
public record LiveEvent(Object key, Predicate<Caller> audience, Supplier<Message> message) {
    /** An event on the wire (HTML Living Standard, 9.2.5): its name, and JSON on one line. */
    public record Message(byte[] bytes) {
        /** @param body written as the API writes it */
        public static Message of(String name, Object body) {
            return new Message(text(name, body).getBytes(StandardCharsets.UTF_8));
        }

        private static String text(String name, Object body) {
            try {
                return "event: " + name + "\ndata: " + Json.MAPPER.writeValueAsString(body) + "\n\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The first event of a stream, which also says when to come back after a break. */
        static Message first(String name, Object body, int retryMillis) {
            String text = "retry: " + retryMillis + "\n" + text(name, body);
            return new Message(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
