package dev.latchkey.library;

import static dev.latchkey.library.LibraryWorld.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Role;
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

    @BeforeEach
    void open() {
        world = new LibraryWorld(parent);
        anna = world.person("anna", Role.MEMBER);
        ben = world.person("ben", Role.MEMBER);
    }

    @AfterEach
    void close() {
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
        return new NextPiece(offset, length, () -> in, Optional.empty(), Map.of());
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
}
