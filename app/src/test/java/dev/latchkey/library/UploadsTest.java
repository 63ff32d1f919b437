package dev.latchkey.library;

import static dev.latchkey.library.LibraryWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Role;
import dev.latchkey.session.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadsTest {
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

    private Caller who(String name) {
        return switch (name) {
            case "owner" -> world.owner();
            case "anna" -> anna;
            case "ben" -> ben;
            default -> manager;
        };
    }

    private static String uploader(Media media) {
        return media.uploader() == null ? "nobody" : media.uploader().displayName();
    }

    @Test
    void a_new_file_is_stored_with_its_uploader_hash_and_type() {
        Upload upload = world.upload(anna, "../notes.txt", "hello");

        assertThat(upload.status()).isEqualTo(Upload.Status.STORED);
        Media media = upload.media();
        assertThat(media.filename()).isEqualTo("notes.txt");
        assertThat(media.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(media.contentType()).isEqualTo("text/plain");
        assertThat(media.sizeBytes()).isEqualTo(5);
        assertThat(media.uploadedAt()).isEqualTo(world.now());
        assertThat(uploader(media)).isEqualTo("anna");
        assertThat(world.used(anna)).isEqualTo(5);
        assertThat(world.actions()).containsExactly("media.upload");
    }

    /** The last paragraph of the contract's Library, first upload and second. */
    @ParameterizedTest(name = "{0} then {1}: {2} uploaded it")
    @CsvSource({"anna,ben,anna", "anna,anna,anna", "owner,ben,ben", "owner,owner,nobody", "anna,mia,anna"})
    void the_same_bytes_again_are_a_duplicate(String first, String second, String uploader) {
        Media media = world.stored(who(first), "first.txt", "same");

        Upload again = world.upload(who(second), "second.txt", "same");

        assertThat(again.status()).isEqualTo(Upload.Status.DUPLICATE);
        assertThat(again.media().id()).isEqualTo(media.id());
        assertThat(again.media().filename()).isEqualTo("first.txt");
        assertThat(uploader(again.media())).isEqualTo(uploader);
        assertThat(world.used(anna)).isEqualTo(uploader.equals("anna") ? 4 : 0);
        assertThat(world.used(ben)).isEqualTo(uploader.equals("ben") ? 4 : 0);
        assertThat(world.blobCount()).isOne();
    }

    @ParameterizedTest(name = "{0} uploads, {1} trashes, {2} uploads again: {3}, by {4}")
    @CsvSource({
        "anna,anna,anna,RESTORED,anna",
        "anna,anna,ben,RESTORED,ben",
        "anna,anna,mia,RESTORED,mia",
        "anna,mia,anna,removed,",
        "anna,mia,ben,removed,",
        "anna,mia,mia,RESTORED,mia",
        "mia,mia,anna,RESTORED,anna",
        "owner,owner,owner,RESTORED,nobody",
        "owner,owner,ben,RESTORED,ben",
        "owner,mia,ben,removed,",
        "owner,mia,mia,RESTORED,mia",
    })
    void bytes_in_the_trash_come_back_unless_a_manager_removed_them(
            String first, String trasher, String second, String expected, String uploader) {
        Media media = world.stored(who(first), "first.txt", "same");
        world.library.trash(who(trasher), media.id());

        String outcome = outcome(() -> world.upload(who(second), "again.txt", "same"));

        if (expected.equals("RESTORED")) {
            assertThat(outcome).isEqualTo("done");
            Media back = world.library.one(media.id());
            assertThat(back.filename()).isEqualTo("first.txt");
            assertThat(back.trashedAt()).isNull();
            assertThat(uploader(back)).isEqualTo(uploader);
            assertThat(world.actions()).endsWith("media.restore");
        } else {
            assertThat(outcome).isEqualTo(expected);
            assertThat(outcome(() -> world.library.one(media.id()))).isEqualTo("not_found");
        }
        for (Caller caller : List.of(anna, ben, manager)) {
            boolean owns = expected.equals("RESTORED")
                    ? caller == who(uploader.equals("nobody") ? "owner" : uploader)
                    : caller == who(first);
            assertThat(world.used(caller)).isEqualTo(owns ? 4 : 0);
        }
        assertThat(world.blobCount()).isOne();
    }

    @Test
    void a_quota_counts_what_a_person_uploaded_and_refuses_what_does_not_fit() {
        Caller small = world.person("sam", Role.MEMBER, 10L);
        world.stored(small, "a", "12345678");

        assertThat(outcome(() -> world.upload(small, "b", "abc"))).isEqualTo("quota_exceeded");
        assertThat(world.blobCount()).as("nothing of it stays").isOne();
        assertThat(outcome(() -> world.upload(small, "c", "ab"))).isEqualTo("done");
        assertThat(world.used(small)).isEqualTo(10);
    }

    @Test
    void the_trash_counts_until_it_is_purged() {
        Caller small = world.person("sam", Role.MEMBER, 10L);
        Media media = world.stored(small, "a", "1234567890");
        world.library.trash(small, media.id());
        assertThat(outcome(() -> world.upload(small, "b", "b"))).isEqualTo("quota_exceeded");

        world.trash.purge(manager, media.id());

        assertThat(world.used(small)).isZero();
        assertThat(outcome(() -> world.upload(small, "b", "b"))).isEqualTo("done");
    }

    @Test
    void a_duplicate_costs_nothing_and_a_claim_that_does_not_fit_stays_a_duplicate() {
        Caller small = world.person("sam", Role.MEMBER, 3L);
        world.stored(anna, "a", "owned");
        world.stored(world.owner(), "b", "unowned");

        assertThat(world.upload(small, "a", "owned").status()).isEqualTo(Upload.Status.DUPLICATE);
        Upload unowned = world.upload(small, "b", "unowned");

        assertThat(unowned.status()).isEqualTo(Upload.Status.DUPLICATE);
        assertThat(unowned.media().uploader()).isNull();
        assertThat(world.used(small)).isZero();
    }

    @Test
    void what_a_quota_has_no_room_for_stays_in_the_trash() {
        Caller small = world.person("sam", Role.MEMBER, 3L);
        Media media = world.stored(anna, "a", "12345");
        world.library.trash(anna, media.id());

        assertThat(outcome(() -> world.upload(small, "a", "12345"))).isEqualTo("quota_exceeded");

        assertThat(world.used(anna)).isEqualTo(5);
        assertThat(world.trash.list(anna, null, 10)).hasSize(1);
        assertThat(world.blobCount()).isOne();
    }

    @Test
    void a_file_without_bytes_is_refused_and_a_file_too_large_too() {
        assertThat(outcome(() -> world.upload(anna, "a", ""))).isEqualTo("empty");
        assertThat(outcome(() -> world.upload(anna, "a", "x".repeat((1 << 20) + 1))))
                .isEqualTo("too_large");
        assertThat(outcome(() -> world.upload(anna, "a", "x".repeat(1 << 20)))).isEqualTo("done");
        assertThat(world.temporaryCount()).isZero();
    }

    @Test
    void digests_that_the_sender_announces_are_compared() throws Exception {
        byte[] bytes = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
        byte[] sha512 = MessageDigest.getInstance("SHA-512").digest(bytes);

        assertThat(outcome(
                        () -> world.uploads.add(anna, "a", new ByteArrayInputStream(bytes), Map.of("SHA-256", sha512))))
                .isEqualTo("digest_mismatch");
        assertThat(outcome(() -> world.uploads.add(
                        anna, "a", new ByteArrayInputStream(bytes), Map.of("SHA-256", sha256, "SHA-512", sha256))))
                .isEqualTo("digest_mismatch");
        assertThat(world.blobCount()).isZero();
        assertThat(outcome(() -> world.uploads.add(
                        anna, "a", new ByteArrayInputStream(bytes), Map.of("SHA-256", sha256, "SHA-512", sha512))))
                .isEqualTo("done");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "active = 0,invalid_token",
        "membership_ends_at = 1,invalid_token",
        "role = 'guest',forbidden",
        "password_change_required = 1,done",
    })
    void who_is_put_out_while_a_file_comes_leaves_nothing(String change, String expected) {
        InputStream in = new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (sent == 5) {
                    world.database.run(
                            sql -> sql.update("UPDATE users SET " + change + " WHERE id = ?", anna.userId()));
                }
                return sent++ < 10 ? 'x' : -1;
            }
        };

        assertThat(outcome(() -> world.uploads.offer(anna, "a", in))).isEqualTo(expected);

        assertThat(world.blobCount()).isEqualTo(expected.equals("done") ? 1 : 0);
        assertThat(world.temporaryCount()).isZero();
        assertThat(world.used(anna)).isEqualTo(expected.equals("done") ? 10 : 0);
    }

    @Test
    void a_sender_that_goes_away_leaves_nothing() {
        InputStream cut = new InputStream() {
            private int left = 600_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("gone");
                }
                return 'x';
            }
        };

        assertThat(outcome(() -> world.uploads.add(anna, "a", cut, Map.of()))).isEqualTo("malformed");

        assertThat(world.temporaryCount()).isZero();
        assertThat(world.blobCount()).isZero();
        assertThat(world.actions()).isEmpty();
    }

    @Test
    void among_several_files_a_bad_one_becomes_its_own_result() {
        UploadResult bad = world.uploads.offer(anna, "empty.txt", InputStream.nullInputStream());
        UploadResult good = world.uploads.offer(anna, "a.txt", new ByteArrayInputStream(new byte[] {1}));

        assertThat(bad).isEqualTo(new UploadResult("empty.txt", null, "empty"));
        assertThat(good.status()).isEqualTo(Upload.Status.STORED);
    }

    @Test
    void what_concerns_the_server_and_not_the_file_is_no_result() {
        world.database.close();

        assertThatThrownBy(() -> world.uploads.offer(anna, "a", new ByteArrayInputStream(new byte[] {1})))
                .isInstanceOf(RuntimeException.class);

        assertThat(world.temporaryCount()).isZero();
    }

    @Test
    void fifty_uploads_of_one_file_make_one_row_and_one_blob() throws Exception {
        List<Upload> uploads = race(50, () -> world.upload(anna, "same.txt", "the same bytes"));

        assertThat(uploads)
                .filteredOn(upload -> upload.status() == Upload.Status.STORED)
                .hasSize(1);
        assertThat(uploads)
                .extracting(upload -> upload.media().id())
                .containsOnly(uploads.get(0).media().id());
        assertThat(world.blobCount()).isOne();
        assertThat(world.temporaryCount()).isZero();
        assertThat(world.used(anna)).isEqualTo(14);
        assertThat(world.actions()).containsExactly("media.upload");
    }

    @Test
    void fifty_claims_of_one_unowned_file_make_one_uploader() throws Exception {
        Media media = world.stored(world.owner(), "a", "unowned");
        List<Caller> people = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            people.add(world.person("p" + i, Role.MEMBER));
        }
        List<Caller> queue = new java.util.concurrent.CopyOnWriteArrayList<>(people);

        race(50, () -> world.upload(queue.remove(0), "a", "unowned"));

        Person uploader = world.library.one(media.id()).uploader();
        for (Caller person : people) {
            assertThat(world.used(person)).isEqualTo(person.userId() == uploader.id() ? 7 : 0);
        }
    }

    @Test
    void sweeps_and_purges_during_uploads_of_the_same_bytes_lose_nothing() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            Future<?> uploading = executor.submit(() -> {
                for (int i = 0; i < 150; i++) {
                    Media media =
                            world.upload(manager, "a", "bytes that come and go").media();
                    LibraryWorld.outcome(() -> world.library.trash(manager, media.id()));
                    LibraryWorld.outcome(() -> world.trash.purge(manager, media.id()));
                    assertThat(readable(world.upload(manager, "a", "bytes that come and go")
                                    .media()))
                            .isTrue();
                }
            });
            world.pass(java.time.Duration.ofDays(100 * 365)); // everything is old at once
            while (!uploading.isDone()) {
                world.blobs.sweep();
            }
            uploading.get();
        } finally {
            executor.shutdownNow();
        }
        assertThat(world.blobCount()).isOne();
    }

    private boolean readable(Media media) {
        try (Content content = open(media)) {
            return content.bytes().size() == media.sizeBytes();
        } catch (IOException e) {
            return false;
        }
    }

    private Content open(Media media) {
        return world.library.content(media.id());
    }

    private static <T> List<T> race(int threads, Callable<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
