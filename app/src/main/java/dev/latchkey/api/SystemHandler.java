package dev.latchkey.api;

import dev.latchkey.blob.Blobs;
import dev.latchkey.db.DataFolder;
import dev.latchkey.library.Figures;
import io.javalin.http.Context;
import java.time.Instant;

/** The route that tells whoever runs the server how it does. */
public final class SystemHandler {
    record SystemView(
            String version,
            String java,
            Instant startedAt,
            long databaseBytes,
            long blobBytes,
            long diskFreeBytes,
            long reserveBytes,
            long mediaCount,
            long trashCount,
            long userCount,
            long mailPending,
            long mailDead,
            long extractionPending) {}

    private final String version;
    private final Instant startedAt;
    private final long reserveBytes;
    private final DataFolder folder;
    private final Blobs blobs;
    private final Figures figures;

    public SystemHandler(
            String version, Instant startedAt, long reserveBytes, DataFolder folder, Blobs blobs, Figures figures) {
        this.version = version;
        this.startedAt = startedAt;
        this.reserveBytes = reserveBytes;
        this.folder = folder;
        this.blobs = blobs;
        this.figures = figures;
    }

    public void system(Context ctx) {
        Figures.Counts counts = figures.latest();
        ctx.json(new SystemView(
                version,
                System.getProperty("java.version"),
                startedAt,
                folder.databaseBytes(),
                counts.blobBytes(),
                blobs.freeBytes(),
                reserveBytes,
                counts.media(),
                counts.trash(),
                counts.users(),
                counts.mailPending(),
                counts.mailDead(),
                counts.toExtract()));
    }
}
