package dev.latchkey.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Role;
import dev.latchkey.session.Caller;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FacetsTest {
    @TempDir
    Path parent;

    private LibraryWorld world;
    private Facets facets;
    private Caller anna;

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
        facets = new Facets(world.database);
        anna = world.person("anna", Role.MEMBER);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private long tagged(Caller caller, String text, String... tags) {
        long id = world.stored(caller, text + ".txt", text).id();
        world.library.edit(caller, id, new MediaChange(null, null, Optional.of(List.of(tags))));
        return id;
    }

    private String tags(String text, int limit) {
        return facets.tags(text, limit).stream()
                .map(tag -> tag.tag() + "=" + tag.count())
                .collect(Collectors.joining(" "));
    }

    private String uploaders() {
        return facets.uploaders().stream()
                .map(uploader -> uploader.person().displayName() + "=" + uploader.count())
                .collect(Collectors.joining(" "));
    }

    @Test
    void tags_are_found_by_how_they_begin_in_any_case() {
        tagged(anna, "a", "Sea", "family", "Z\u00fcrich");
        tagged(anna, "b", "SEA", "seaside");
        tagged(anna, "c", "sea");

        assertThat(tags("", 10))
                .as("as written last, the most used first")
                .isEqualTo("sea=3 family=1 seaside=1 Z\u00fcrich=1");
        assertThat(tags("", 2)).isEqualTo("sea=3 family=1");
        assertThat(tags("SE", 10)).isEqualTo("sea=3 seaside=1");
        assertThat(tags("seas", 10)).isEqualTo("seaside=1");
        assertThat(tags("Zu\u0308", 10)).isEqualTo("Z\u00fcrich=1");
        assertThat(tags("%", 10)).isEmpty();
        assertThat(tags("_ea", 10)).isEmpty();
    }

    @Test
    void counts_follow_every_change_and_leave_the_trash_out() {
        long id = tagged(anna, "a", "sea");
        tagged(world.owner(), "b", "sea");
        assertThat(tags("s", 10)).isEqualTo("sea=2");
        assertThat(uploaders()).isEqualTo("anna=1");

        world.library.trash(anna, id);
        assertThat(tags("s", 10)).isEqualTo("sea=1");
        assertThat(uploaders()).isEmpty();

        world.trash.restore(anna, id);
        world.library.edit(anna, id, new MediaChange(null, null, Optional.of(List.of())));
        assertThat(tags("s", 10)).isEqualTo("sea=1");
        assertThat(uploaders()).isEqualTo("anna=1");
    }

    @Test
    void uploaders_come_with_the_most_first() {
        Caller ben = world.person("ben", Role.MEMBER);
        world.stored(anna, "a", "a");
        world.stored(ben, "b", "b");
        world.stored(ben, "c", "c");
        world.stored(world.owner(), "d", "d");

        assertThat(uploaders()).isEqualTo("ben=2 anna=1");
    }
}
