package dev.latchkey.cli;

import dev.latchkey.server.Server;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that stands in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Latchkey " + Server.version(), "Java " + System.getProperty("java.version")};
    }
}
