package dev.latchkey.library;

import static dev.latchkey.library.LibraryWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Role;
import dev.latchkey.error.Problem;
import dev.latchkey.session.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryTest {
    @TempDir
    Path parent;

    private LibraryWorld world;
    private Caller anna;
    private Caller ben;
    private Caller manager;

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
        anna = world.person("anna", Role.MEMBER);
        ben = world.person("ben", Role.MEMBER);
        manager = world.person("mia", Role.MANAGER);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static MediaChange change(String title, String description, List<String> tags) {
        return new MediaChange(Optional.ofNullable(title), Optional.ofNullable(description), Optional.ofNullable(tags));
    }

    @Test
    void a_change_replaces_what_was_sent_and_leaves_the_rest() {
        long id = world.stored(anna, "a.txt", "a").id();
        world.library.edit(anna, id, change("Title", "Two\nlines", List.of("Sea", "beach")));

        Media after = world.library.edit(anna, id, new MediaChange(Optional.of("New"), null, null));

        assertThat(after.title()).isEqualTo("New");
        assertThat(after.description()).isEqualTo("Two\nlines");
        assertThat(after.tags()).containsExactly("beach", "Sea");
        assertThat(world.library.one(id)).isEqualTo(after);
    }

    @Test
    void null_clears() {
        long id = world.stored(anna, "a.txt", "a").id();
        world.library.edit(anna, id, change("Title", "Text", List.of("sea")));

        Media after = world.library.edit(anna, id, change(null, null, null));

        assertThat(after.title()).isNull();
        assertThat(after.description()).isNull();
        assertThat(after.tags()).isEmpty();
    }

    @Test
    void tags_are_the_same_without_regard_to_case_and_found_so() {
        long id = world.stored(anna, "a.txt", "a").id();

        Media after = world.library.edit(anna, id, change(null, null, List.of("Sea", "SEA", " sea ")));

        assertThat(after.tags()).containsExactly("Sea");
        MediaFilter filter = new MediaFilter(null, null, "sEA", null, null, null);
        assertThat(world.library.list(filter, MediaOrder.NEWEST, null, 10)).hasSize(1);
    }

    @Test
    void what_is_wrong_with_a_change_is_said_by_field() {
        long id = world.stored(anna, "a.txt", "a").id();
        MediaChange change = change("x".repeat(201), "a\u0000b", Collections.singletonList("y".repeat(65)));

        assertThatThrownBy(() -> world.library.edit(anna, id, change))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo("invalid_fields");
                    assertThat(problem.errors())
                            .extracting(Problem.FieldError::field)
                            .containsExactly("title", "description", "tags");
                });
        assertThat(outcome(() -> world.library.edit(anna, id, change(null, null, Collections.singletonList(null)))))
                .isEqualTo("invalid_fields");
        assertThat(outcome(() -> world.library.edit(anna, id, change(null, null, Collections.nCopies(51, "t")))))
                .isEqualTo("invalid_fields");
    }

    @ParameterizedTest(name = "{0} changes what {1} uploaded: {2}")
    @CsvSource({
        "anna,anna,done",
        "ben,anna,not_owner",
        "mia,anna,done",
        "anna,owner,not_owner",
        "mia,owner,done",
        "owner,owner,done"
    })
    void members_change_their_own_and_managers_everything(String who, String uploader, String expected) {
        long edited = world.stored(who(uploader), "a.txt", "a").id();
        long trashed = world.stored(who(uploader), "b.txt", "b").id();

        assertThat(outcome(() -> world.library.edit(who(who), edited, change("T", null, null))))
                .isEqualTo(expected);
        assertThat(outcome(() -> world.library.trash(who(who), trashed))).isEqualTo(expected);

        assertThat(outcome(() -> world.library.one(trashed))).isEqualTo(expected.equals("done") ? "not_found" : "done");
    }

    private Caller who(String name) {
        return switch (name) {
            case "owner" -> world.owner();
            case "anna" -> anna;
            case "ben" -> ben;
            default -> manager;
        };
    }

    @Test
    void what_lies_in_the_trash_is_nowhere_else() {
        Media media = world.stored(anna, "a.txt", "a");
        world.library.edit(anna, media.id(), change("Findable", null, List.of("sea")));
        world.library.trash(anna, media.id());

        assertThat(outcome(() -> world.library.one(media.id()))).isEqualTo("not_found");
        assertThat(outcome(() -> world.library.content(media.id()))).isEqualTo("not_found");
        assertThat(outcome(() -> world.library.edit(manager, media.id(), change("x", null, null))))
                .isEqualTo("not_found");
        assertThat(outcome(() -> world.library.trash(anna, media.id()))).isEqualTo("not_found");
        assertThat(world.library.has(media.sha256())).isFalse();
        for (MediaFilter filter : List.of(
                MediaFilter.NONE,
                new MediaFilter(null, null, "sea", null, null, null),
                new MediaFilter(null, anna.userId(), null, null, null, null),
                new MediaFilter(null, null, null, null, null, "findable"))) {
            assertThat(world.library.list(filter, MediaOrder.NEWEST, null, 10)).isEmpty();
        }

        world.trash.restore(anna, media.id());

        MediaFilter search = new MediaFilter(null, null, null, null, null, "findable");
        assertThat(world.library.list(search, MediaOrder.NEWEST, null, 10)).hasSize(1);
        assertThat(world.library.has(media.sha256())).isTrue();
    }

    @Test
    void the_trash_shows_members_their_own_and_managers_everything_the_last_first() {
        List<Long> ids = new java.util.ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            Media media = world.stored(name.equals("two") ? ben : anna, name, name);
            world.pass(Duration.ofSeconds(1));
            world.library.trash(manager, media.id());
            ids.add(0, media.id());
        }

        assertThat(world.trash.list(manager, null, 10)).extracting(Media::id).isEqualTo(ids);
        assertThat(world.trash.list(anna, null, 10)).extracting(Media::filename).containsExactly("three", "one");
        Media first = world.trash.list(manager, null, 1).get(0);
        TrashCursor behind = new TrashCursor(first.trashedAt(), first.id());
        assertThat(world.trash.list(manager, behind, 10)).extracting(Media::id).isEqualTo(ids.subList(1, 3));
        assertThat(first.trashedBy().displayName()).isEqualTo("mia");
        assertThat(world.trash.purgeAt(first)).isEqualTo(first.trashedAt().plus(LibraryWorld.TRASH_LIFE));
    }

    @ParameterizedTest(name = "{0} restores what {1} uploaded and {2} trashed: {3}")
    @CsvSource({
        "anna,anna,anna,done",
        "anna,anna,mia,removed",
        "ben,anna,anna,not_found",
        "mia,anna,anna,done",
        "mia,anna,mia,done",
        "owner,owner,owner,done",
        "anna,owner,owner,not_found"
    })
    void restoring(String who, String uploader, String trasher, String expected) {
        Media media = world.stored(who(uploader), "a", "a");
        world.library.trash(who(trasher), media.id());

        assertThat(outcome(() -> world.trash.restore(who(who), media.id()))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} purges what anna trashed: {1}")
    @CsvSource({"anna,forbidden", "ben,not_found", "mia,done", "owner,done"})
    void purging(String who, String expected) {
        Media media = world.stored(anna, "a", "a");
        world.library.trash(anna, media.id());

        assertThat(outcome(() -> world.trash.purge(who(who), media.id()))).isEqualTo(expected);

        assertThat(world.blobCount()).isEqualTo(expected.equals("done") ? 0 : 1);
        assertThat(world.used(anna)).isEqualTo(expected.equals("done") ? 0 : 1);
    }

    @Test
    void what_is_not_in_the_trash_is_not_purged() {
        Media media = world.stored(anna, "a", "a");

        assertThat(outcome(() -> world.trash.purge(manager, media.id()))).isEqualTo("not_found");
    }

    @Test
    void the_trash_empties_itself_after_its_time() {
        Media old = world.stored(anna, "old", "old");
        Media young = world.stored(anna, "young", "young!");
        world.library.trash(anna, old.id());
        world.pass(Duration.ofDays(1));
        world.library.trash(anna, young.id());
        world.pass(LibraryWorld.TRASH_LIFE.minus(Duration.ofDays(1)));
        assertThat(world.trash.purgeExpired(10))
                .as("on the day itself it is still there")
                .isZero();

        world.pass(Duration.ofMillis(1));

        assertThat(world.trash.purgeExpired(10)).isOne();
        assertThat(world.trash.list(anna, null, 10)).extracting(Media::filename).containsExactly("young");
        assertThat(world.used(anna)).isEqualTo(6);
        assertThat(world.blobCount()).isOne();
        assertThat(world.actions()).endsWith("media.purge");
    }

    @Test
    void what_happens_to_media_is_announced_once_it_is_so() {
        long id = world.stored(anna, "a.txt", "a").id();
        world.stored(ben, "again.txt", "a");
        world.library.edit(anna, id, change("Title", null, null));
        assertThat(world.news.heard()).containsExactly("media 1 added", "media 1 changed");

        outcome(() -> world.library.trash(ben, id));
        outcome(() -> world.library.edit(ben, id, change("Mine", null, null)));
        assertThat(world.news.heard()).as("refusals").isEmpty();

        world.library.trash(anna, id);
        world.trash.restore(anna, id);
        world.library.trash(anna, id);
        world.stored(anna, "a.txt", "a");
        assertThat(world.news.heard())
                .containsExactly("media 1 removed", "media 1 added", "media 1 removed", "media 1 added");
    }

    @Test
    void purged_bytes_may_come_again() {
        Media media = world.stored(anna, "a", "a");
        world.library.trash(manager, media.id());
        world.trash.purge(manager, media.id());

        Upload again = world.upload(ben, "b", "a");

        assertThat(again.status()).isEqualTo(Upload.Status.STORED);
        assertThat(again.media().id()).isNotEqualTo(media.id());
    }

    @Test
    void content_is_opened_whole() throws IOException {
        Media media = world.stored(anna, "a", "bytes");

        try (Content content = world.library.content(media.id())) {
            assertThat(content.bytes().size()).isEqualTo(5);
            assertThat(content.media()).isEqualTo(media);
        }
    }

    @Test
    void a_missing_file_is_our_mistake_and_an_upload_heals_it() throws IOException {
        Media media = world.stored(anna, "a", "bytes");
        Path file = world.folder
                .blobs()
                .resolve(media.sha256().substring(0, 2))
                .resolve(media.sha256().substring(2));
        Files.delete(file);
        assertThat(outcome(() -> world.library.content(media.id()))).isEqualTo("internal");

        assertThat(world.upload(ben, "a", "bytes").status()).isEqualTo(Upload.Status.DUPLICATE);

        assertThat(outcome(() -> close(world.library.content(media.id())))).isEqualTo("done");
    }

    private static void close(Content content) {
        try (content) {
            assertThat(content.media()).isNotNull();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
