package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that list media and throw them away. */
final class MediaCommands {
    private static final String[] COLUMNS = {"id", "filename", "kind", "size_bytes", "uploaded_at"};

    private MediaCommands() {}

    /** What is in the library. */
    @Command(name = "ls", description = "Lists the library, newest first.", mixinStandardHelpOptions = true)
    static final class Ls extends RemoteCommand {
        @Mixin
        private ListOptions list = new ListOptions();

        @Option(names = "--kind", paramLabel = "KIND", description = "image, video, audio, document or other.")
        private String kind;

        @Option(names = "--tag", paramLabel = "TAG", description = "Only what carries this tag.")
        private String tag;

        @Option(names = "--from", paramLabel = "TIME", description = "Uploaded then or later: 2026-11-20T00:00:00Z.")
        private String from;

        @Option(names = "--to", paramLabel = "TIME", description = "Uploaded before then.")
        private String to;

        @Option(names = "--order", paramLabel = "ORDER", description = "newest, oldest, name, size or taken.")
        private String order;

        @Override
        public Integer call() {
            Map<String, Object> filters = new LinkedHashMap<>();
            filters.put("kind", kind);
            filters.put("tag", tag);
            filters.put("from", from);
            filters.put("to", to);
            filters.put("order", order);
            printer().table(list.fetch(connection(), "/api/media", filters), COLUMNS);
            return 0;
        }
    }

    /** Full-text search. */
    @Command(
            name = "search",
            description = "Lists what contains every word in its name, title, description or tags.",
            mixinStandardHelpOptions = true)
    static final class Search extends RemoteCommand {
        @Mixin
        private ListOptions list = new ListOptions();

        @Parameters(arity = "1..*", paramLabel = "WORD", description = "The words; the last may be a beginning of one.")
        private List<String> words;

        @Override
        public Integer call() {
            Map<String, Object> filters = Map.of("q", String.join(" ", words));
            printer().table(list.fetch(connection(), "/api/media", filters), COLUMNS);
            return 0;
        }
    }

    /** Throws media away. */
    @Command(
            name = "rm",
            description = "Moves files to the trash, where they stay for a while.",
            mixinStandardHelpOptions = true)
    static final class Rm extends EachCommand {
        Rm() {
            super("DELETE", "/api/media/%d", "Moved %d to the trash.");
        }
    }

    /** The trash, and what can be done with what lies there. */
    @Command(
            name = "trash",
            description = "Lists the trash.",
            mixinStandardHelpOptions = true,
            subcommands = {Restore.class, Purge.class})
    static final class Trash extends RemoteCommand {
        @Mixin
        private ListOptions list = new ListOptions();

        @Override
        public Integer call() {
            printer()
                    .table(
                            list.fetch(connection(), "/api/trash", Map.of()),
                            "id",
                            "filename",
                            "size_bytes",
                            "trashed_at",
                            "purge_at");
            return 0;
        }
    }

    /** Takes media out of the trash. */
    @Command(name = "restore", description = "Takes files out of the trash.", mixinStandardHelpOptions = true)
    static final class Restore extends EachCommand {
        Restore() {
            super("POST", "/api/trash/%d/restore", "Restored %d.");
        }
    }

    /** Removes media for good. */
    @Command(
            name = "purge",
            description = "Removes files in the trash for good; managers only.",
            mixinStandardHelpOptions = true)
    static final class Purge extends EachCommand {
        Purge() {
            super("DELETE", "/api/trash/%d", "Removed %d for good.");
        }
    }
}
