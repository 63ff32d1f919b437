package dev.latchkey.account;

import dev.latchkey.db.Database;
import dev.latchkey.error.Problem;

/** Whether the library is still local, or shared because there is an admin; there is no way back. */
public final class Instance {
    private final UserDao users = new UserDao();
    private final Database database;
    private volatile boolean shared;

    public Instance(Database database) {
        this.database = database;
        reload();
    }

    /** Answers from memory: true from before the commit of setup on, so that no request after it sees local mode. */
    public boolean isShared() {
        return shared;
    }

    /** @throws Problem 403 {@code setup_required} while there is no admin */
    public void requireShared() {
        if (!shared) {
            throw Problem.forbidden(
                    "setup_required", "This library has no accounts yet. Open /setup on its own machine to share it.");
        }
    }

    /** Called inside the transaction that makes the first admin, as its last step. */
    void share() {
        shared = true;
    }

    /** Asks the database, after a setup whose commit failed or may have failed. */
    void reload() {
        shared = database.read(users::hasAdmin);
    }
}
