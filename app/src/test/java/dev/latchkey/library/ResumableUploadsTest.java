package dev.latchkey.library;

import static dev.latchkey.library.LibraryWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Role;
import dev.latchkey.harness.Await;
import dev.latchkey.session.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableUploadsTest {
    @TempDir
    Path parent;

    private LibraryWorld world;
    private Caller anna;
    private Caller ben;
    private ExecutorService other;

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
        other = Executors.newSingleThreadExecutor();
        anna = world.person("anna", Role.MEMBER);
        ben = world.person("ben", Role.MEMBER);
    }

    @AfterEach
    void close() {
        other.shutdownNow();
        world.close();
    }

    private long begin(Caller caller, String firstPiece) {
        long id = world.resumable.create(caller, "a.txt", "", 10).upload().id();
        append(caller, id, 0, firstPiece);
        return id;
    }

    private UploadProgress append(Caller caller, long id, long offset, String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return world.resumable.append(caller, id, piece(offset, text.length(), in));
    }

    private static NextPiece piece(long offset, long length, InputStream in) {
        return new NextPiece(offset, length, () -> in, () -> {}, Optional.empty(), Map.of());
    }

    private long offset(Caller caller, long id) {
        return world.resumable.look(caller, id).offset();
    }

    private Path file(long id) {
        return world.folder.temporary().resolve("upload-" + id);
    }

    @Test
    void the_sweep_takes_what_expired_and_what_belongs_to_people_who_are_out() {
        long old = begin(anna, "old");
        world.pass(Duration.ofHours(23));
        long young = begin(anna, "young");
        long locked = begin(ben, "locked");
        world.database.run(sql -> sql.update("UPDATE users SET active = 0 WHERE id = ?", ben.userId()));
        world.pass(Duration.ofHours(1));

        assertThat(world.resumable.sweep(100)).isEqualTo(2);

        assertThat(file(old)).doesNotExist();
        assertThat(file(locked)).doesNotExist();
        assertThat(outcome(() -> offset(anna, old))).isEqualTo("not_found");
        assertThat(offset(anna, young)).isEqualTo(5);
        assertThat(append(anna, young, 5, "years").mediaId()).isNotNull();
    }

    @Test
    void the_sweep_of_files_takes_what_no_upload_waits_with_and_follows_no_link() throws IOException {
        long live = begin(anna, "live");
        Files.setLastModifiedTime(file(live), java.nio.file.attribute.FileTime.fromMillis(0));
        Path outside = Files.writeString(parent.resolve("outside"), "precious");
        Files.writeString(file(live + 1000), "orphan");
        Files.createSymbolicLink(file(live + 1001), outside);
        Path strange = Files.writeString(world.folder.temporary().resolve("upload-1x"), "not ours");

        world.blobs.sweep();
        assertThat(world.resumable.sweepFiles()).isEqualTo(2);

        assertThat(offset(anna, live)).isEqualTo(4);
        assertThat(file(live + 1000)).doesNotExist();
        assertThat(Files.isSymbolicLink(file(live + 1001))).isFalse();
        assertThat(outside).hasContent("precious");
        assertThat(strange).exists();
    }

    @Test
    void a_link_in_the_place_of_a_file_is_neither_read_nor_written() throws IOException {
        Path outside = Files.writeString(parent.resolve("outside"), "precious!!");
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        Files.createSymbolicLink(file(id), outside);

        assertThat(offset(anna, id)).isZero();
        assertThat(outcome(() -> append(anna, id, 0, "x"))).isEqualTo("unavailable");

        assertThat(outside).hasContent("precious!!");
    }

    @Test
    void an_id_that_comes_again_begins_with_nothing() throws IOException {
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        Files.writeString(file(id + 1), "of another time");

        long next = world.resumable.create(anna, "a", "", 10).upload().id();

        assertThat(next).isEqualTo(id + 1);
        assertThat(offset(anna, next)).isZero();
    }

    @Test
    void an_upload_that_is_ended_while_a_piece_comes_stops_and_leaves_nothing() {
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        InputStream in = new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (sent == 5) {
                    world.resumable.remove(anna, id);
                }
                return sent++ < 10 ? 'x' : -1;
            }
        };

        assertThat(outcome(() -> world.resumable.append(anna, id, piece(0, 10, in))))
                .isEqualTo("not_found");

        assertThat(file(id)).doesNotExist();
        assertThat(world.blobCount()).isZero();
    }

    @Test
    void a_piece_whose_sender_is_locked_while_it_comes_makes_no_medium() {
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        InputStream in = new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (sent == 5) {
                    world.database.run(sql -> sql.update("UPDATE users SET active = 0 WHERE id = ?", anna.userId()));
                }
                return sent++ < 10 ? 'x' : -1;
            }
        };

        assertThat(outcome(() -> world.resumable.append(anna, id, piece(0, 10, in))))
                .isEqualTo("invalid_token");

        assertThat(world.blobCount()).isZero();
        assertThat(file(id)).doesNotExist();
        assertThat(outcome(() -> offset(anna, id))).isEqualTo("upload_over");
    }

    @Test
    void a_piece_that_takes_longer_than_a_day_keeps_its_upload_alive() {
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        InputStream in = new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (sent % 5 == 4) {
                    world.pass(Duration.ofHours(20));
                    world.resumable.sweep(100);
                }
                return sent++ < 10 ? 'x' : -1;
            }
        };

        assertThat(world.resumable.append(anna, id, piece(0, 10, in)).mediaId()).isNotNull();
    }

    /** Sends five bytes, and then nothing until it is hung up on. */
    private static final class Silent extends InputStream {
        private final CountDownLatch hungUp = new CountDownLatch(1);
        private int sent;

        @Override
        public int read() throws IOException {
            if (sent == 5) {
                await(hungUp);
                throw new IOException("hung up");
            }
            sent++;
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
        }
    }

    @Test
    void a_request_whose_sender_went_silent_gives_way_and_what_came_of_it_stays() throws Exception {
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        Silent in = new Silent();
        NextPiece piece = new NextPiece(0, 10, () -> in, in.hungUp::countDown, Optional.empty(), Map.of());
        Future<String> holder = other.submit(() -> outcome(() -> world.resumable.append(anna, id, piece)));
        Await.until("the first piece", () -> in.sent == 5);

        assertThat(offset(anna, id)).isEqualTo(5);

        assertThat(holder.get()).isEqualTo("malformed");
        assertThat(append(anna, id, 5, "years").mediaId()).isNotNull();
    }

    @Test
    void an_upload_that_is_ended_while_its_sender_is_silent_gives_way_too() throws Exception {
        long id = world.resumable.create(anna, "a", "", 10).upload().id();
        Silent in = new Silent();
        NextPiece piece = new NextPiece(0, 10, () -> in, in.hungUp::countDown, Optional.empty(), Map.of());
        Future<String> holder = other.submit(() -> outcome(() -> world.resumable.append(anna, id, piece)));
        Await.until("the first piece", () -> in.sent == 5);
        Await.until("nobody is at it", () -> outcome(() -> offset(anna, id)).equals("done"));

        world.resumable.remove(anna, id);

        assertThat(holder.get()).isEqualTo("malformed");
        assertThat(file(id)).doesNotExist();
    }

    @Test
    void a_request_that_moves_is_left_alone() throws Exception {
        long id = world.resumable.create(anna, "a", "", 1 << 20).upload().id();
        AtomicBoolean enough = new AtomicBoolean();
        InputStream in = new InputStream() {
            @Override
            public int read() {
                return enough.get() ? -1 : 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                sleep(() -> Thread.sleep(20));
                buffer[offset] = (byte) read();
                return enough.get() ? -1 : 1;
            }
        };
        NextPiece piece = new NextPiece(0, -1, () -> in, () -> enough.set(true), Optional.empty(), Map.of());
        Future<String> holder = other.submit(() -> outcome(() -> world.resumable.append(anna, id, piece)));
        Await.until("a request at work", () -> outcome(() -> offset(anna, id)).equals("upload_busy"));

        assertThat(enough).as("hung up").isFalse();

        enough.set(true);
        assertThat(holder.get()).isEqualTo("done");
    }

    private static void await(CountDownLatch latch) {
        sleep(() -> latch.await());
    }

    private static void sleep(Pause pause) {
        try {
            pause.make();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Pause {
        void make() throws InterruptedException;
    }

    private long free() {
        return world.blobs.freeBytes();
    }

    /** How much other files may take at least, and at most, while the disk is in use by others too. */
    private void assertOthersHave(double share) {
        assertThat(outcome(() -> world.uploads.expect((long) (free() * (share - 0.1)))))
                .isEqualTo("done");
        assertThat(outcome(() -> world.uploads.expect((long) (free() * (share + 0.1)))))
                .isEqualTo("storage_full");
    }

    @Test
    void room_that_was_promised_is_kept_free_from_every_other_upload_until_it_rests() {
        world.close();
        world = new LibraryWorld(parent, Long.MAX_VALUE);
        assertOthersHave(0.99);
        long id = world.resumable
                .create(anna, "a", "", (long) (free() * 0.6))
                .upload()
                .id();
        assertOthersHave(0.4);
        assertThat(outcome(() -> append(anna, id, 0, "x"))).isEqualTo("done");
        world.pass(Duration.ofMinutes(59));
        assertThat(outcome(() -> append(anna, id, 1, "y"))).isEqualTo("done");
        world.pass(Duration.ofMinutes(59));
        assertOthersHave(0.4);

        world.pass(Duration.ofMinutes(1));
        assertOthersHave(0.99);
        long other = world.resumable
                .create(ben, "b", "", (long) (free() * 0.7))
                .upload()
                .id();
        assertThat(outcome(() -> append(anna, id, 2, "z"))).isEqualTo("storage_full");
        world.resumable.remove(ben, other);
        assertThat(outcome(() -> append(anna, id, 2, "z"))).isEqualTo("done");
        assertOthersHave(0.4);
        world.resumable.remove(anna, id);
        assertOthersHave(0.99);
    }
}
