package dev.latchkey.library;

/**
 * How far an upload is: {@code offset} bytes of it are here for good. {@code result} is what became of it, where this very
 * request brought it to its end; else null.
 */
public record UploadProgress(ResumableUpload upload, long offset, Upload result) {
    /** The medium that it became; null while it is none. */
    public Long mediaId() {
        return result == null ? upload.mediaId() : Long.valueOf(result.media().id());
    }
}
