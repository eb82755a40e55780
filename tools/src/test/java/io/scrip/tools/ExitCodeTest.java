package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void everyNumberMeansOneThing() {
        long distinct = Arrays.stream(ExitCode.values())
                .mapToInt(ExitCode::number)
                .distinct()
                .count();
        assertEquals(ExitCode.values().length, distinct);
    }

    @Test
    void everyKindOfJournalFailureEndsWithACodeOfItsOwn() {
        long distinct = Arrays.stream(JournalFailure.Kind.values())
                .map(ExitCode::of)
                .distinct()
                .count();
        assertEquals(JournalFailure.Kind.values().length, distinct);
        for (JournalFailure.Kind kind : JournalFailure.Kind.values()) {
            assertNotEquals(ExitCode.INTERNAL, ExitCode.of(kind));
        }
    }

    @Test
    void operationsTellsAboutEveryNumber() throws IOException {
        String operations = Files.readString(Path.of("../docs/operations.md"));
        for (ExitCode code : ExitCode.values()) {
            assertTrue(
                    operations.contains("| " + code.number() + " | " + code.meaning()), code + " is not in the table");
        }
    }
}
