package dev.latchkey.server;

import dev.latchkey.audit.Audit;
import dev.latchkey.blob.Blobs;
import dev.latchkey.blob.ThumbnailFiles;
import dev.latchkey.config.Config;
import dev.latchkey.db.DataFolder;
import dev.latchkey.db.Database;
import dev.latchkey.extract.Extractor;
import dev.latchkey.library.Arrivals;
import dev.latchkey.library.ContentTypes;
import dev.latchkey.library.DeletionRequestListener;
import dev.latchkey.library.DeletionRequests;
import dev.latchkey.library.Extraction;
import dev.latchkey.library.Facets;
import dev.latchkey.library.Figures;
import dev.latchkey.library.Library;
import dev.latchkey.library.MediaBlobs;
import dev.latchkey.library.MediaListener;
import dev.latchkey.library.ResumableUploads;
import dev.latchkey.library.RingingListener;
import dev.latchkey.library.SearchUpkeep;
import dev.latchkey.library.Thumbnails;
import dev.latchkey.library.Timeline;
import dev.latchkey.library.Trash;
import dev.latchkey.library.Uploads;
import java.time.Clock;

/** The files: where they lie, what they are, and what may be done with them. */
final class LibraryParts {
    final Blobs blobs;
    final ThumbnailFiles thumbnailFiles;
    final Extraction extraction;
    final ContentTypes contentTypes;
    final Library library;
    final SearchUpkeep searchUpkeep;
    final DeletionRequests deletionRequests;
    final Thumbnails thumbnails;
    final Timeline timeline;
    final Facets facets;
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
        DeletionRequestListener requestListener = on.announcements().deletionRequests();

        MediaBlobs references = new MediaBlobs(database);
        blobs = new Blobs(folder.blobs(), folder.temporary(), config.storage(), references, clock);
        thumbnailFiles = new ThumbnailFiles(
                folder.thumbnails(), folder.temporary(), config.storage().reserveBytes(), references, clock);
        MediaListener announcements = on.announcements().media();
        extraction = new Extraction(
                database, blobs, thumbnailFiles, new Extractor(System.getenv("PATH")), announcements, clock);
        MediaListener listener = new RingingListener(extraction, announcements);
        contentTypes = new ContentTypes();
        library = new Library(database, blobs, audit, listener, requestListener, clock);
        searchUpkeep = new SearchUpkeep(database);
        deletionRequests = new DeletionRequests(database, audit, listener, requestListener, clock);
        timeline = new Timeline(database);
        facets = new Facets(database);
        on.announcements().readFrom(library);
        figures = new Figures(database, clock);
        uploads = new Uploads(blobs, contentTypes, new Arrivals(database, accounts.usage, audit, listener, clock));
        resumableUploads = new ResumableUploads(database, blobs, uploads, accounts.usage, clock);
        trash = new Trash(
                database,
                blobs,
                thumbnailFiles,
                accounts.usage,
                audit,
                listener,
                clock,
                config.storage().trash());
        thumbnails = new Thumbnails(library, trash, thumbnailFiles, extraction);
    }
}
