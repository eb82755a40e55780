package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern NAMED_FILE = Pattern.compile("`((?:docs|tools|\\.ci)/[A-Za-z0-9./-]+)`");

    @Test
    void everythingThatIsLinkedOrNamedIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        List<Path> pages = pages();
        assertFalse(pages.isEmpty());
        for (Path page : pages) {
            String text = Files.readString(page);
            Matcher links = LINK.matcher(text);
            while (links.find()) {
                if (!Files.exists(page.resolveSibling(links.group(1)))) {
                    missing.add(page + " links " + links.group(1));
                }
            }
            Matcher names = NAMED_FILE.matcher(text);
            while (names.find()) {
                if (!names.group(1).contains("NNNN") && !Files.exists(ROOT.resolve(names.group(1)))) {
                    missing.add(page + " names " + names.group(1));
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages =
                    docs.filter(path -> path.toString().endsWith(".md")).collect(Collectors.toList());
            pages.add(ROOT.resolve("README.md"));
            pages.add(ROOT.resolve("CHANGELOG.md"));
            return pages;
        }
    }
}
