package dev.latchkey.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.Problem;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an OAuth request (RFC 6749, 3.2): a form in UTF-8, or a JSON object. One without a value counts as
 * left out, one that nobody asks for is ignored, and one that is there twice is refused.
 */
public final class OAuthParameters {
    static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, String> texts = new HashMap<>();

    private OAuthParameters() {}

    /** @throws Problem 400 for a body that cannot be read, 413 over 64 KiB */
    public static OAuthParameters read(Context ctx) {
        byte[] body = Requests.read(ctx);
        OAuthParameters parameters = new OAuthParameters();
        if (Gate.isOf(ctx, FORM)) {
            parameters.addForm(new String(body, StandardCharsets.ISO_8859_1));
        } else if (body.length > 0) {
            parameters.addJson(Requests.parse(body, ObjectNode.class));
        }
        return parameters;
    }

    private void addJson(ObjectNode object) {
        object.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                texts.put(member.getKey(), member.getValue().textValue());
            } else if (!member.getValue().isNull()) {
                texts.put(member.getKey(), null); // known to be no text, in case somebody asks for it
            }
        });
    }

    private void addForm(String form) {
        for (String pair : form.split("&")) {
            String[] parts = pair.split("=", 2);
            String name = decode(parts[0]);
            if (!name.isEmpty() && texts.put(name, decode(parts.length == 2 ? parts[1] : "")) != null) {
                throw Problem.malformed("A parameter is there more than once.");
            }
        }
    }

    /** Percent-decodes to bytes that have to be UTF-8; {@code encoded} holds one byte in each character. */
    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < encoded.length(); i++) {
                char c = encoded.charAt(i);
                if (c == '%') {
                    bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                    i += 2;
                } else {
                    bytes.write(c == '+' ? ' ' : c);
                }
            }
            ByteBuffer octets = ByteBuffer.wrap(bytes.toByteArray());
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Problem.malformed("The form is not encoded properly.");
        }
    }

    /** The parameter, where it has a value. @throws Problem 400 for one that is not text */
    public Optional<String> get(String name) {
        if (texts.containsKey(name) && texts.get(name) == null) {
            throw Problem.malformed("The parameter " + name + " must be text.");
        }
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
    }

    /** As {@link #get}, but it has to be there. */
    public String require(String name) {
        return get(name).orElseThrow(() -> Problem.malformed("The parameter " + name + " is missing."));
    }
}
