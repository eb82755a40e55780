package io.scrip.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The client knows the protocol and nothing of the server, so that it may leave the house one day. */
class ClientRulesTest {
    private static final ArchRule KNOWS_THE_PROTOCOL_ONLY = classes()
            .that()
            .resideInAPackage("io.scrip.client")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.scrip.client", "io.scrip.protocol", "io.netty..", "org.agrona..", "java..", "");

    @Test
    void itDependsOnTheProtocolOnly() {
        JavaClasses client = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.scrip.client");
        assertTrue(client.contain(ScripClient.class));
        KNOWS_THE_PROTOCOL_ONLY.check(client);
    }
}
