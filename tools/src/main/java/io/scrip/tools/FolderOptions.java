package io.scrip.tools;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the subcommands take that look at a data folder. */
final class FolderOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    /** The folder, or the refusal of what is none. */
    DataFolder folder() {
        return DataFolder.existing(data);
    }
}
