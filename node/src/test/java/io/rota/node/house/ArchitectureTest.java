package io.rota.node.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md, and what pure packages may not touch. */
@AnalyzeClasses(packages = "io.rota", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    /** Whatever the build directory is called: another JDK's classes lie in another. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    private static final String[] PURE = {
        "io.rota.hashing..",
        "io.rota.membership.protocol..",
        "io.rota.scheduler.cron..",
        "io.rota.scheduler.engine..",
        "io.rota.scheduler.arbitration.."
    };

    /** Locks in one process need a lock and a wait; they stand beside their port. */
    private static final DescribedPredicate<JavaClass> NOT_LOCAL_LOCKS = DescribedPredicate.describe(
            "not LocalTaskLocks", type -> !type.getName().contains("LocalTaskLocks"));

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.rota..")
            .layer("hashing")
            .definedBy("io.rota.hashing..")
            .layer("membership")
            .definedBy("io.rota.membership..")
            .layer("scheduler")
            .definedBy("io.rota.scheduler..")
            .layer("admin-ui")
            .definedBy("io.rota.adminui..")
            .layer("node")
            .definedBy("io.rota.node..")
            .whereLayer("hashing")
            .mayOnlyBeAccessedByLayers("scheduler", "node")
            .whereLayer("membership")
            .mayOnlyBeAccessedByLayers("scheduler", "node")
            .whereLayer("scheduler")
            .mayOnlyBeAccessedByLayers("admin-ui", "node")
            .whereLayer("admin-ui")
            .mayOnlyBeAccessedByLayers("node")
            .whereLayer("node")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule HASHING_KNOWS_THE_JDK_ONLY = classes()
            .that()
            .resideInAPackage("io.rota.hashing..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.rota.hashing..", "org.jspecify.annotations.."));

    @ArchTest
    static final ArchRule PURE_PACKAGES_HAVE_NO_SOCKETS_FILES_LOGGERS = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.io..", "org.slf4j..")
                            .and(DescribedPredicate.describe(
                                    "not a stream of bytes in memory or an exception",
                                    type -> !type.isAssignableTo(java.io.Serializable.class))));

    @ArchTest
    static final ArchRule PURE_PACKAGES_HAVE_NO_THREADS = noClasses()
            .that(resideInAnyPackage(PURE).and(NOT_LOCAL_LOCKS))
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.concurrent.."))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule PURE_PACKAGES_HAVE_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule HAZELCAST_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.rota.scheduler.hazelcast..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule JAVALIN_STAYS_IN_THE_ADMIN_UI = noClasses()
            .that()
            .resideOutsideOfPackage("io.rota.adminui..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule JETTY_STAYS_IN_THE_SERVERS = noClasses()
            .that()
            .resideOutsideOfPackages("io.rota.adminui..", "io.rota.node.peer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule JACKSON_STAYS_IN_JSON_AND_CONFIG = noClasses()
            .that()
            .resideOutsideOfPackages("io.rota.adminui..", "io.rota.node.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule ADMIN_UI_SEES_THE_READ_MODEL_ONLY = noClasses()
            .that()
            .resideInAPackage("io.rota.adminui..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.rota.scheduler..")
                    .and(DescribedPredicate.not(resideInAnyPackage("io.rota.scheduler", "io.rota.scheduler.view"))));

    /** Package by package, each module's own root included. */
    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_PRINTS = noClasses()
            .that()
            .doNotHaveSimpleName("GuardCommandLine")
            .and()
            .doNotHaveSimpleName("JavaTaskCommand")
            .and()
            .doNotHaveSimpleName("LocalRunCommand")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
