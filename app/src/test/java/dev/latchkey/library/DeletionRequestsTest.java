package dev.latchkey.library;

import static dev.latchkey.library.LibraryWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Role;
import dev.latchkey.session.Caller;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionRequestsTest {
    @TempDir
    Path parent;

    private LibraryWorld world;
    private Caller anna;
    private Caller ben;
    private Caller boss;
    private long media;

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
        anna = world.person("anna", Role.MEMBER);
        ben = world.person("ben", Role.MEMBER);
        boss = world.person("boss", Role.MANAGER);
        media = world.stored(anna, "party.txt", "party").id();
        world.news.heard();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private DeletionRequest only() {
        List<DeletionRequest> all = world.requests.list(null, Long.MAX_VALUE, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private boolean requested() {
        boolean one = world.library.one(media).deletionRequested();
        List<Media> all = world.library.list(MediaFilter.NONE, MediaOrder.NEWEST, null, 10);
        assertThat(all).extracting(Media::deletionRequested).containsExactly(one);
        return one;
    }

    @Test
    void a_request_waits_for_an_answer() {
        long id = world.requests.ask(ben, media, "  I look silly\n ");

        assertThat(only().id()).isEqualTo(id);
        assertThat(only().reason()).isEqualTo("I look silly");
        assertThat(only().status()).isEqualTo(DeletionRequest.Status.PENDING);
        assertThat(only().requestedBy().displayName()).isEqualTo("ben");
        assertThat(only().media().filename()).isEqualTo("party.txt");
        assertThat(requested()).isTrue();
        assertThat(outcome(() -> world.requests.ask(anna, media, null))).isEqualTo("already_requested");
        assertThat(world.news.heard()).containsExactly("media 1 changed", "deletion request 1 for media 1 added");
    }

    @Test
    void an_approval_puts_it_into_the_trash() {
        long id = world.requests.ask(ben, media, null);
        world.news.heard();

        DeletionRequest approved = world.requests.approve(boss, id);

        assertThat(approved.status()).isEqualTo(DeletionRequest.Status.APPROVED);
        assertThat(approved.decidedBy().displayName()).isEqualTo("boss");
        assertThat(approved.decidedAt()).isEqualTo(world.now());
        assertThat(outcome(() -> world.library.one(media))).isEqualTo("not_found");
        assertThat(world.actions())
                .containsExactly("media.upload", "deletion_request.create", "deletion_request.approve", "media.trash");
        assertThat(world.news.heard())
                .containsExactly("media 1 removed", "deletion request 1 of person 2 for media 1 approved");
        assertThat(outcome(() -> world.requests.reject(boss, id))).isEqualTo("already_decided");
        assertThat(outcome(() -> world.requests.approve(boss, id))).isEqualTo("already_decided");
        assertThat(outcome(() -> world.trash.restore(anna, media)))
                .as("a manager removed it")
                .isEqualTo("removed");
        assertThat(world.trash.restore(boss, media).deletionRequested()).isFalse();
        assertThat(world.requests.ask(ben, media, null)).isGreaterThan(id);
    }

    @Test
    void a_rejection_leaves_it_and_one_may_ask_again() {
        long id = world.requests.ask(ben, media, null);
        world.news.heard();

        assertThat(world.requests.reject(boss, id).status()).isEqualTo(DeletionRequest.Status.REJECTED);

        assertThat(requested()).isFalse();
        assertThat(world.news.heard())
                .containsExactly("media 1 changed", "deletion request 1 of person 2 for media 1 rejected");
        assertThat(world.actions())
                .containsExactly("media.upload", "deletion_request.create", "deletion_request.reject");
        assertThat(outcome(() -> world.requests.approve(boss, id))).isEqualTo("already_decided");
        assertThat(requested()).as("nothing was trashed").isFalse();
        world.requests.ask(ben, media, null);
        assertThat(world.requests.list(DeletionRequest.Status.REJECTED, Long.MAX_VALUE, 10))
                .hasSize(1);
        assertThat(world.requests.list(DeletionRequest.Status.PENDING, Long.MAX_VALUE, 10))
                .hasSize(1);
    }

    @Test
    void whoever_trashes_it_by_other_ways_has_answered() {
        world.requests.ask(ben, media, null);
        world.news.heard();

        world.library.trash(anna, media);

        assertThat(only().status()).isEqualTo(DeletionRequest.Status.APPROVED);
        assertThat(only().decidedBy().displayName()).isEqualTo("anna");
        assertThat(world.actions())
                .containsExactly("media.upload", "deletion_request.create", "media.trash", "deletion_request.approve");
        assertThat(world.news.heard())
                .containsExactly("media 1 removed", "deletion request 1 of person 2 for media 1 approved");
        world.stored(anna, "again.txt", "party");
        assertThat(requested()).as("back by an upload").isFalse();
    }

    @Test
    void what_is_deleted_for_good_takes_its_requests_along() {
        world.requests.approve(boss, world.requests.ask(ben, media, null));

        world.trash.purge(boss, media);

        assertThat(world.requests.list(null, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void what_is_not_there_cannot_be_asked_for() {
        world.library.trash(anna, media);

        assertThat(outcome(() -> world.requests.ask(ben, media, null))).isEqualTo("not_found");
        assertThat(outcome(() -> world.requests.ask(ben, 99, null))).isEqualTo("not_found");
        assertThat(outcome(() -> world.requests.approve(boss, 99))).isEqualTo("not_found");
        assertThat(outcome(() -> world.requests.reject(boss, 99))).isEqualTo("not_found");
    }

    @Test
    void reasons_are_short_text() {
        assertThat(outcome(() -> world.requests.ask(ben, media, "x".repeat(501))))
                .isEqualTo("invalid_fields");
        assertThat(outcome(() -> world.requests.ask(ben, media, "bell \u0007"))).isEqualTo("invalid_fields");
        assertThat(world.news.heard()).isEmpty();
        world.requests.ask(ben, media, " ");
        assertThat(only().reason()).isNull();
    }

    @Test
    void the_owner_of_a_local_library_asks_and_answers_without_a_name() {
        long id = world.requests.ask(world.owner(), media, null);
        world.requests.approve(world.owner(), id);

        assertThat(only().requestedBy()).isNull();
        assertThat(only().decidedBy()).isNull();
        assertThat(only().decidedAt()).isNotNull();
    }
}
