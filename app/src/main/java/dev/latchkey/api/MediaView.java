package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.library.Kind;
import dev.latchkey.library.Media;
import java.time.Instant;
import java.util.List;

/** A medium as the API shows it; what is not known about a picture or film is left out. */
record MediaView(
        long id,
        String sha256,
        String filename,
        String title,
        String description,
        List<String> tags,
        Kind kind,
        String contentType,
        long sizeBytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer width,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer height,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long durationMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant takenAt,
        Instant uploadedAt,
        UploaderView uploader,
        String thumbnailUrl,
        String contentUrl,
        boolean deletionRequested) {

    static MediaView of(Media media) {
        return new MediaView(
                media.id(),
                media.sha256(),
                media.filename(),
                media.title(),
                media.description(),
                media.tags(),
                media.kind(),
                media.contentType(),
                media.sizeBytes(),
                media.width(),
                media.height(),
                media.duration() == null ? null : Long.valueOf(media.duration().toMillis()),
                media.takenAt(),
                media.uploadedAt(),
                UploaderView.of(media.uploader()),
                thumbnailUrl(media.id(), media.hasThumbnail()),
                "/api/media/" + media.id() + "/content",
                media.deletionRequested());
    }

    static String thumbnailUrl(long id, boolean there) {
        return there ? "/api/media/" + id + "/thumbnail?size=256" : null;
    }
}
