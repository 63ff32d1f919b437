package dev.latchkey.browser;

import java.io.File;
import java.io.IOException;

/** Clears up after browsers. */
final class Folders {
    private static final int TRIES = 50;

    private Folders() {}

    /** Deletes this folder; the helpers of a browser that has just quit may still write to it for a moment. */
    static void delete(File folder) throws IOException, InterruptedException {
        empty(folder);
        for (int tries = 0; !folder.delete(); tries++) {
            if (tries == TRIES) {
                throw new IOException("Something keeps writing to " + folder);
            }
            Thread.sleep(100);
            empty(folder);
        }
    }

    private static void empty(File folder) {
        File[] files = folder.listFiles();
        if (files == null) {
            return;
        }
        for (File file : files) {
            empty(file);
            file.delete();
        }
    }
}
