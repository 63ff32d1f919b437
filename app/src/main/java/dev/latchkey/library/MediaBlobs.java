package dev.latchkey.library;

import dev.latchkey.blob.BlobReferences;
import dev.latchkey.db.Database;

/** Tells the file store which files the library still names. */
public final class MediaBlobs implements BlobReferences {
    private final MediaDao media = new MediaDao();
    private final Database database;

    public MediaBlobs(Database database) {
        this.database = database;
    }

    @Override
    public boolean isReferenced(String sha256) {
        return database.read(sql -> media.exists(sql, sha256));
    }
}
