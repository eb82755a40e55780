package io.scrip;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may depend on what, and what the pure core may not touch; and that each rule bites. */
class HouseRulesTest {
    private static final String LEDGER = "io.scrip.ledger..";
    private static final String OFFENDERS = "io.scrip.ledger.offenders.Offenders$";
    private static final JavaClasses PRODUCTION;

    static {
        // Names are enough for these rules; following the JDK's own classes would only take time.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        PRODUCTION = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.scrip");
    }

    private static final Set<String> ALLOWED_TYPES = Set.of(
            "java.math.BigInteger",
            "java.nio.ByteOrder",
            "java.util.Arrays",
            "java.util.Objects",
            "java.util.zip.CRC32C",
            "org.agrona.DirectBuffer",
            "org.agrona.MutableDirectBuffer",
            "org.agrona.ExpandableArrayBuffer",
            "org.agrona.concurrent.UnsafeBuffer");
    private static final Set<String> ALLOWED_PACKAGES = Set.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.nio.charset",
            "org.agrona.collections");
    private static final Set<String> WALKS = Set.of(
            "entrySet",
            "keySet",
            "values",
            "iterator",
            "forEach",
            "longForEach",
            "intForEach",
            "forEachLong",
            "forEachInt",
            "stream",
            "toArray",
            "hashCode",
            "toString");
    private static final Set<String> FLOATING = Set.of("float", "double", "java.lang.Float", "java.lang.Double");
    private static final Set<String> CHANCE = Set.of("nanoTime", "currentTimeMillis", "identityHashCode", "random");

    private static final ArchRule KNOWS_LITTLE = classes()
            .that()
            .resideInAPackage(LEDGER)
            .should()
            .onlyDependOnClassesThat(describe("are plain language, buffers or ours", HouseRulesTest::isAllowed));
    private static final ArchRule NO_CLOCK_OR_CHANCE = noClasses()
            .that()
            .resideInAPackage(LEDGER)
            .should()
            .accessTargetWhere(access("a clock or chance", HouseRulesTest::isClockOrChance));
    private static final ArchRule NO_OUTPUT = noClasses()
            .that()
            .resideInAPackage(LEDGER)
            .should()
            .accessTargetWhere(access(
                    "the standard streams",
                    access -> access.getTargetOwner().isEquivalentTo(System.class)
                            && Set.of("out", "err", "in").contains(access.getName())));
    private static final ArchRule NO_THREADS = noClasses()
            .that()
            .resideInAPackage(LEDGER)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..");
    private static final ArchRule NO_VOLATILE = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(LEDGER)
            .should()
            .notHaveModifier(VOLATILE);
    private static final ArchRule NO_LOCKS = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(LEDGER)
            .should()
            .notHaveModifier(SYNCHRONIZED);
    private static final ArchRule NO_MAP_WALKS = noClasses()
            .that()
            .resideInAPackage(LEDGER)
            .should()
            .accessTargetWhere(access(
                    "the entries of a hash collection",
                    access -> access.getTargetOwner().getPackageName().equals("org.agrona.collections")
                            && WALKS.contains(access.getName())));
    private static final ArchRule NO_FLOATING_FIELDS = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(LEDGER)
            .should()
            .haveRawType(describe("floating point", HouseRulesTest::isFloating));
    private static final ArchRule NO_FLOATING_CODE = noCodeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(LEDGER)
            .should(takeOrGiveFloating());
    private static final ArchRule LEDGER_BELOW_ENGINE = noClasses()
            .that()
            .resideInAPackage(LEDGER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.scrip.engine..", "io.scrip.journal..", "io.scrip.gateway..", "io.scrip.tools..");
    private static final ArchRule NO_ADAPTERS = noClasses()
            .that()
            .resideInAnyPackage(LEDGER, "io.scrip.engine..", "io.scrip.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.openhft..", "io.netty..", "tools.jackson..", "com.fasterxml..", "org.slf4j..");

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        KNOWS_LITTLE,
                        List.of(
                                "ReadsInstant",
                                "ReadsAgronaClock",
                                "DrawsRandom",
                                "DrawsUuid",
                                "DrawsThreadLocal",
                                "OpensFile",
                                "CountsAtomically",
                                "Logs",
                                "KeepsHashMap",
                                "KnowsEngine",
                                "KnowsNetty")),
                Arguments.of(
                        NO_CLOCK_OR_CHANCE,
                        List.of("ReadsNanoTime", "ReadsMillis", "DrawsMathRandom", "AsksIdentityHash")),
                Arguments.of(NO_OUTPUT, List.of("Prints")),
                Arguments.of(NO_THREADS, List.of("StartsThread", "CountsAtomically", "DrawsThreadLocal")),
                Arguments.of(NO_VOLATILE, List.of("SharesVolatile")),
                Arguments.of(NO_LOCKS, List.of("Locks")),
                Arguments.of(NO_MAP_WALKS, List.of("WalksValues", "WalksForEach")),
                Arguments.of(NO_FLOATING_FIELDS, List.of("FieldOfDouble", "ArrayOfDouble")),
                Arguments.of(NO_FLOATING_CODE, List.of("ParameterOfFloat", "ReturnsDouble")),
                Arguments.of(LEDGER_BELOW_ENGINE, List.of("KnowsEngine")),
                Arguments.of(NO_ADAPTERS, List.of("KnowsNetty")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void productionKeepsTheRuleAndOffendersAreCaught(ArchRule rule, List<String> offenders)
            throws ClassNotFoundException {
        rule.check(PRODUCTION);
        for (String offender : offenders) {
            JavaClasses bad = new ClassFileImporter().importClasses(Class.forName(OFFENDERS + offender));
            assertTrue(rule.evaluate(bad).hasViolation(), () -> offender + " is not caught by: " + rule);
        }
    }

    @Test
    void everyOffenderIsCaughtBySomeRule() {
        List<ArchRule> all =
                rules().map(arguments -> (ArchRule) arguments.get()[0]).toList();
        JavaClasses offenders = new ClassFileImporter().importPackages("io.scrip.ledger.offenders");
        long seen = 0;
        for (JavaClass offender : offenders) {
            if (offender.getName().startsWith(OFFENDERS)) {
                JavaClasses alone = new ClassFileImporter().importClasses(offender.reflect());
                assertTrue(
                        all.stream()
                                .anyMatch(rule -> rule.allowEmptyShould(true)
                                        .evaluate(alone)
                                        .hasViolation()),
                        () -> "nobody minds " + offender.getName());
                seen++;
            }
        }
        assertTrue(seen >= 20, "offenders were not found");
    }

    private static DescribedPredicate<JavaAccess<?>> access(String what, Predicate<JavaAccess<?>> predicate) {
        return describe("reaches " + what, predicate);
    }

    private static boolean isAllowed(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || ALLOWED_TYPES.contains(element.getName())
                || ALLOWED_PACKAGES.contains(element.getPackageName())
                || element.getPackageName().startsWith("io.scrip.ledger")
                || element.getPackageName().equals("io.scrip.protocol");
    }

    private static boolean isClockOrChance(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return (owner.equals("java.lang.System") || owner.equals("java.lang.Math"))
                && CHANCE.contains(access.getName());
    }

    private static boolean isFloating(JavaClass type) {
        return FLOATING.contains(type.getBaseComponentType().getName());
    }

    private static ArchCondition<JavaCodeUnit> takeOrGiveFloating() {
        return new ArchCondition<>("take or give floating point") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean floating = isFloating(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(HouseRulesTest::isFloating);
                events.add(new SimpleConditionEvent(unit, floating, unit.getFullName()));
            }
        };
    }
}
