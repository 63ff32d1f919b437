package dev.latchkey.extract;

import java.io.IOException;

/** The reader could not be started: no fault of the file that it was wanted for. */
public final class NoReaderException extends IOException {
    private static final long serialVersionUID = 1L;

    NoReaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
