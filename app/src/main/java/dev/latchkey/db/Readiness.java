package dev.latchkey.db;

import dev.latchkey.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether the server can do its work: the database answers and the data folder takes files. */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final Database database;
    private final DataFolder folder;

    public Readiness(Database database, DataFolder folder) {
        this.database = database;
        this.folder = folder;
    }

    /** @throws Problem 503 {@code not_ready} with what is not ready, each as a sentence */
    public void require() {
        List<String> troubles = new ArrayList<>();
        if (!databaseAnswers()) {
            troubles.add("The database does not answer.");
        }
        if (!folderTakesFiles()) {
            troubles.add("The data folder cannot be written.");
        }
        if (!troubles.isEmpty()) {
            throw Problem.of(Problem.Kind.UNAVAILABLE, "not_ready", String.join(" ", troubles));
        }
    }

    private boolean databaseAnswers() {
        try {
            database.ping();
            return true;
        } catch (Problem e) {
            LOG.warn("Not ready: {}", e.detail());
            return false;
        }
    }

    private boolean folderTakesFiles() {
        try {
            Path probe = Files.createTempFile(folder.temporary(), "ready", ".part");
            try {
                Files.write(probe, new byte[1]);
                return true;
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            LOG.warn("Not ready: the data folder cannot be written: {}", e.toString());
            return false;
        }
    }
}
