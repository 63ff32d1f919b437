package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.json.JsonMapper;
import java.lang.reflect.Type;

/** Lets Javalin's {@code ctx.json(…)} write by {@link Json#MAPPER}. */
public final class JsonBodies implements JsonMapper {
    @Override
    public String toJsonString(Object value, Type type) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
