package io.scrip.snapshotter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Folders that earlier programs wrote, kept as resources; tools' {@code EarlierFolderTest} makes new ones. */
final class EarlierFolder {
    private EarlierFolder() {}

    /** Unpacks one into a new folder; what was known of it then, by name. */
    static Map<String, String> unpack(String name, Path target) throws IOException {
        try (InputStream file = EarlierFolder.class.getResourceAsStream("/earlier/" + name + ".zip");
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path path = target.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                try (OutputStream out = Files.newOutputStream(path)) {
                    in.transferTo(out);
                }
            }
        }
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(target.resolve("expected"))) {
            expected.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return expected;
    }
}
