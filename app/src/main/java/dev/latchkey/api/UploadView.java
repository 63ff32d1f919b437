package dev.latchkey.api;

import dev.latchkey.library.Upload;

/** What became of a file that was sent alone. */
record UploadView(Upload.Status status, MediaView media) {
    static UploadView of(Upload upload) {
        return new UploadView(upload.status(), MediaView.of(upload.media()));
    }
}
