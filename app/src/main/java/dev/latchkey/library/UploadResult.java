package dev.latchkey.library;

/** What became of one file among several; {@code upload} is null and {@code reason} is there when it was rejected. */
public record UploadResult(String filename, Upload upload, String reason) {
    public Upload.Status status() {
        return upload == null ? Upload.Status.REJECTED : upload.status();
    }
}
