package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.latchkey.library.Media;
import java.time.Instant;

/** A medium in the trash: all that is known about it, who put it there, and when it goes. */
record TrashView(@JsonUnwrapped MediaView media, Instant trashedAt, UploaderView trashedBy, Instant purgeAt) {
    static TrashView of(Media media, Instant purgeAt) {
        return new TrashView(MediaView.of(media), media.trashedAt(), UploaderView.of(media.trashedBy()), purgeAt);
    }
}
