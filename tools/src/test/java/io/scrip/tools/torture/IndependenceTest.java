package io.scrip.tools.torture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class IndependenceTest {

    @Test
    void theKillTestSharesNoCodeWithTheServer() {
        DescribedPredicate<JavaClass> server = DescribedPredicate.describe(
                "belong to the server",
                type -> type.getPackageName().startsWith("io.scrip")
                        && !type.getPackageName().equals("io.scrip.tools.torture"));
        noClasses()
                .should()
                .dependOnClassesThat(server)
                .because("two programs that share a mistake agree about it")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.scrip.tools.torture"));
    }
}
