package io.scrip.tools;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.concurrent.Callable;
import java.util.jar.Manifest;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Says what is running: version, commit, Java, operating system. */
@Command(name = "version", description = "Print the version, the commit it was built from, and the Java it runs on.")
final class VersionCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println(describe());
        return ExitCode.OK.number();
    }

    static String describe() throws IOException {
        String version = "built by hand";
        String commit = "unknown";
        Enumeration<URL> manifests = Scrip.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
        while (manifests.hasMoreElements()) {
            try (InputStream in = manifests.nextElement().openStream()) {
                Manifest manifest = new Manifest(in);
                if ("Scrip".equals(manifest.getMainAttributes().getValue("Implementation-Title"))) {
                    version = manifest.getMainAttributes().getValue("Implementation-Version");
                    commit = manifest.getMainAttributes().getValue("Scrip-Commit");
                }
            }
        }
        return String.format(
                "scrip %s (commit %s, Java %s, %s %s)",
                version,
                commit,
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }
}
