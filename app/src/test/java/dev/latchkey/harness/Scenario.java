package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;

/** One line of a table of requests: what is sent, and what the contract says comes back. */
public final class Scenario {
    private final String name;
    private final Supplier<Reply> request;
    private final List<Consumer<Reply>> expectations = new ArrayList<>();

    private Scenario(String name, Supplier<Reply> request) {
        this.name = name;
        this.request = request;
    }

    /** A scenario that sends {@code call} once its turn comes. */
    public static Scenario when(String name, Call call) {
        return new Scenario(name, call::send);
    }

    /** A scenario whose request is made once its turn comes. */
    public static Scenario when(String name, Supplier<Reply> request) {
        return new Scenario(name, request);
    }

    public Scenario status(int status) {
        return and(reply -> reply.expect(status));
    }

    /** One of these statuses, where the contract leaves the choice open. */
    public Scenario status(Integer... statuses) {
        return and(reply -> {
            assertThat(reply.status()).as(reply::toString).isIn((Object[]) statuses);
            reply.expect(reply.status());
        });
    }

    public Scenario problem(int status, String code) {
        return and(reply -> reply.refused(status, code));
    }

    /** 422 {@code invalid_fields} that names this field. */
    public Scenario invalid(String field) {
        return problem(422, "invalid_fields")
                .and(reply ->
                        assertThat(reply.errorFields()).as(reply::toString).contains(field));
    }

    public Scenario field(String pointer, Object value) {
        return and(reply -> {
            JsonNode expected = Reply.JSON.valueToTree(value);
            assertThat(reply.at(pointer).toString()).as(reply::toString).isEqualTo(expected.toString());
        });
    }

    public Scenario header(String header, String value) {
        return and(reply -> assertThat(reply.header(header)).as(reply::toString).isEqualTo(value));
    }

    /** None of these stands anywhere in the body. */
    public Scenario without(String... texts) {
        return and(reply -> assertThat(reply.text()).as(reply::toString).doesNotContain(texts));
    }

    public Scenario and(Consumer<Reply> expectation) {
        expectations.add(expectation);
        return this;
    }

    /** The scenario as a test of JUnit. */
    public DynamicTest test() {
        return DynamicTest.dynamicTest(name, () -> {
            Reply reply = request.get();
            expectations.forEach(expectation -> expectation.accept(reply));
        });
    }

    /** A table of scenarios as tests of JUnit, in order. */
    public static List<DynamicTest> table(Scenario... scenarios) {
        return List.of(scenarios).stream().map(Scenario::test).toList();
    }
}
