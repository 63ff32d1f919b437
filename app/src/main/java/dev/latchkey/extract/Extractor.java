package dev.latchkey.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Has files read by a process of its own, the reader: whatever a hostile or broken file does to its decoder, it does there,
 * with little memory, for a limited time and behind everything else that the machine has to do. For one thread; only
 * {@link #close} may be called from others.
 */
public final class Extractor implements AutoCloseable {
    /** How long a file may take: many times what the largest pictures need on a small machine. */
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** After so many files a new process begins, should a decoder lose memory. */
    private static final int FILES = 500;

    private final Programs programs;
    private final Duration limit;
    private Set<String> readable;
    private ReaderProcess reader;
    private int read;
    private boolean closed;

    /** @param path where programs are looked for, as in the variable {@code PATH} */
    public Extractor(String path) {
        this(path, LIMIT);
    }

    Extractor(String path, Duration limit) {
        this.programs = Programs.on(path);
        this.limit = limit;
    }

    /** Whether files of this type tell anything about themselves. */
    public boolean knows(String mediaType) {
        return FileKinds.tellSomething(mediaType);
    }

    /** The media types that it makes small pictures of only because a program for them is installed here. */
    public Set<String> readableByProgram() {
        if (programs.ffmpeg().isEmpty()) {
            return Set.of();
        }
        if (readable == null) {
            readable = FileKinds.readBy(programs.version());
        }
        return readable;
    }

    /**
     * Reads a file.
     *
     * @param small where the picture of at most 256 pixels goes
     * @param large where the one of at most 1024 goes
     * @throws NoReaderException when the reader does not start, or this was closed
     * @throws IOException when reading ended without a result: it took too long, or the reader died of it
     */
    public Facts extract(Path file, String mediaType, Path small, Path large, Instant now) throws IOException {
        if (!knows(mediaType)) {
            return Facts.nothing();
        }
        Map<String, String> request = Map.of(
                "file", file.toString(),
                "type", mediaType,
                "program", Boolean.toString(needsNoNewerProgram(mediaType)),
                "small", small.toString(),
                "large", large.toString(),
                "now", Long.toString(now.toEpochMilli()));
        boolean answered = false;
        try {
            Facts facts = reader().ask(request, limit);
            answered = true;
            return facts;
        } finally {
            if (!answered || ++read >= FILES) {
                rest();
            }
        }
    }

    private boolean needsNoNewerProgram(String mediaType) {
        return !FileKinds.isFilmOrStill(mediaType) || readableByProgram().contains(mediaType);
    }

    private synchronized ReaderProcess reader() throws IOException {
        if (closed) {
            throw new NoReaderException("The server is stopping", null);
        }
        if (reader == null) {
            reader = ReaderProcess.start(programs);
            read = 0;
        }
        return reader;
    }

    /** Ends the process; the next file starts one again. */
    public synchronized void rest() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Ends the process, also in the middle of a file. */
    @Override
    public synchronized void close() {
        closed = true;
        rest();
    }
}
