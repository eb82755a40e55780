package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short runs on a real server; {@code .ci/run} does a longer one through the launcher. */
@Timeout(300)
class KillTestTest {
    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void nothingIsLostAndNothingIsDoneTwiceWhenTheServerIsKilledUnderLoad(String durability) throws Exception {
        List<String> server = new ArrayList<>(KillTestCommand.thisProgram());
        server.addAll(List.of("serve", "--durability", durability));
        KillTestConfig config = new KillTestConfig(server, scratch.resolve("run"), 100, 8, 2, 2, System.nanoTime());
        KillTestReport report = new KillTest(config, line -> {}).run();
        assertEquals(List.of(), report.findings().violations(), report.text());
        assertTrue(report.findings().posted() > config.wallets(), report.text());
    }
}
