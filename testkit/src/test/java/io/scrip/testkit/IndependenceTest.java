package io.scrip.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** A second opinion that asks the first one is none. */
class IndependenceTest {
    private static final ArchRule MODEL_KNOWS_ONLY_THE_PROTOCOL = ruleFor("io.scrip.testkit.model");
    private static final ArchRule WORKLOAD_KNOWS_ONLY_THE_MODEL = ruleFor("io.scrip.testkit.workload");

    private static ArchRule ruleFor(String thePackage) {
        return classes()
                .that()
                .resideInAPackage(thePackage)
                .should()
                .onlyDependOnClassesThat(describe(
                        "are the language, buffers, the codecs, the model or its own", IndependenceTest::isAllowed));
    }

    private static boolean isAllowed(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return (!name.startsWith("io.scrip.") && !name.startsWith("com.lmax"))
                || name.equals("io.scrip.protocol")
                || name.equals("io.scrip.testkit.model")
                || name.equals("io.scrip.testkit.workload");
    }

    @Test
    void modelAndWorkloadShareNothingWithTheCoreButTheCodecs() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        var production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.scrip.testkit");
        MODEL_KNOWS_ONLY_THE_PROTOCOL.check(production);
        WORKLOAD_KNOWS_ONLY_THE_MODEL.check(production);
    }

    @Test
    void theRuleCatchesWhoAsksTheCore() {
        ArchRule rule = ruleFor("io.scrip.testkit");
        assertTrue(rule.evaluate(new ClassFileImporter().importClasses(Comparison.class))
                .hasViolation());
    }
}
