package dev.latchkey.server;

import dev.latchkey.audit.Audit;
import dev.latchkey.blob.Blobs;
import dev.latchkey.config.Config;
import dev.latchkey.db.DataFolder;
import dev.latchkey.db.Database;
import dev.latchkey.library.Arrivals;
import dev.latchkey.library.ContentTypes;
import dev.latchkey.library.DeletionRequestListener;
import dev.latchkey.library.DeletionRequests;
import dev.latchkey.library.Figures;
import dev.latchkey.library.Library;
import dev.latchkey.library.MediaBlobs;
import dev.latchkey.library.MediaListener;
import dev.latchkey.library.ResumableUploads;
import dev.latchkey.library.Timeline;
import dev.latchkey.library.Trash;
import dev.latchkey.library.Uploads;
import java.time.Clock;

/** The files: where they lie, what they are, and what may be done with them. */
final class LibraryParts {
    final Blobs blobs;
    final ContentTypes contentTypes;
    final Library library;
    final DeletionRequests deletionRequests;
    final Timeline timeline;
    final Uploads uploads;
    final ResumableUploads resumableUploads;
    final Trash trash;
    final Figures figures;

    LibraryParts(Ground on, AccountParts accounts) {
        Config config = on.config();
        Clock clock = on.clock();
        Database database = on.database();
        Audit audit = on.audit();
        DataFolder folder = on.folder();
        MediaListener listener = on.announcements().media();
        DeletionRequestListener requestListener = on.announcements().deletionRequests();

        blobs = new Blobs(folder.blobs(), folder.temporary(), config.storage(), new MediaBlobs(database), clock);
        contentTypes = new ContentTypes();
        library = new Library(database, blobs, audit, listener, requestListener, clock);
        deletionRequests = new DeletionRequests(database, audit, listener, requestListener, clock);
        timeline = new Timeline(database);
        on.announcements().readFrom(library);
        figures = new Figures(database, clock);
        uploads = new Uploads(blobs, contentTypes, new Arrivals(database, accounts.usage, audit, listener, clock));
        resumableUploads = new ResumableUploads(database, blobs, uploads, accounts.usage, clock);
        trash = new Trash(
                database,
                blobs,
                accounts.usage,
                audit,
                listener,
                clock,
                config.storage().trash());
    }
}
