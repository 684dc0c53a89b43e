package io.tributary.service;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What each package must not import. A rule for a package that is not there yet holds. */
class LayersTest {

    private static final String CONTRACTS_PACKAGES = "io.tributary.[name|value|write|query|change|json|client]..";

    private static final String[] SPRING = {"org.springframework.."};
    private static final String[] R2DBC = {"io.r2dbc..", "org.postgresql..", "java.sql..", "javax.sql.."};
    private static final String[] KAFKA = {"org.apache.kafka..", "kafka.."};
    private static final String[] REACTOR = {"reactor.."};
    private static final String[] EMBEDDED = {"io.zonky.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tributary");

    @Test
    void seesTheClassesOfAllThreeModules() {
        assertThat(CLASSES).anyMatch(c -> c.getPackageName().equals("io.tributary.write"));
        assertThat(CLASSES).anyMatch(c -> c.getPackageName().startsWith("io.tributary.kafka"));
        assertThat(CLASSES).anyMatch(c -> c.getPackageName().equals("io.tributary.service"));
    }

    @Test
    void contractsKnowNoInfrastructure() {
        holds(packages(CONTRACTS_PACKAGES).mustNotKnow(SPRING, R2DBC, KAFKA, EMBEDDED, tributary("kafka", "service")));
    }

    @Test
    void theModelInContractsKnowsNoReactor() {
        holds(packages("io.tributary.[name|value|write|query|change|json]..").mustNotKnow(REACTOR));
    }

    @Test
    void theKafkaModuleKnowsNeitherSpringNorTheDatabase() {
        holds(packages("io.tributary.kafka..").mustNotKnow(SPRING, R2DBC, tributary("service")));
    }

    @Test
    void theDocumentCoreIsPure() {
        holds(packages("io.tributary.service.document..")
                .mustNotKnow(REACTOR, SPRING, R2DBC, KAFKA, EMBEDDED, new String[] {"io.netty..", "java.net.http.."}));
        holds(packages("io.tributary.service.document..")
                .mustNotKnow(tributary(
                        "kafka", "service.http", "service.intake", "service.lane", "service.store", "service.schema")));
    }

    @Test
    void lanesKnowNeitherSpringNorTheDatabaseNorKafka() {
        holds(packages("io.tributary.service.lane..").mustNotKnow(SPRING, R2DBC, KAFKA, EMBEDDED));
    }

    @Test
    void onlyTheStoreKnowsTheDatabase() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.tributary.service",
                        "io.tributary.service.store..",
                        "io.tributary.service.embedded..",
                        "io.tributary.load..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(R2DBC)
                .because("SQL and the driver stay behind the port Store"));
    }

    @Test
    void theStoreIsUsedByItsCallersOnly() {
        holds(classes()
                .that()
                .resideInAPackage("io.tributary.service.store..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage(
                        "io.tributary.service",
                        "io.tributary.service.store..",
                        "io.tributary.service.lane..",
                        "io.tributary.service.changelog..",
                        "io.tributary.service.query..",
                        "io.tributary.service.job..",
                        "io.tributary.service.definition..",
                        "io.tributary.service.schema..",
                        "io.tributary.service.trigger..",
                        "io.tributary.service.observe..",
                        "io.tributary.service.watch..",
                        "io.tributary.service.http..")
                .because("who decides reads and commits through the port; the document core does not"));
    }

    @Test
    void theStoreTakesNoDecisions() {
        holds(packages("io.tributary.service.store..")
                .mustNotKnow(SPRING, KAFKA, tributary("service.lane", "service.http", "service.intake")));
    }

    @Test
    void queriesReadThroughTheStoreAlone() {
        holds(packages("io.tributary.service.query..")
                .mustNotKnow(SPRING, R2DBC, KAFKA, EMBEDDED, tributary("service.lane", "service.intake")));
    }

    @Test
    void jobsReadAndWriteThroughPortsAlone() {
        holds(packages("io.tributary.service.job..")
                .mustNotKnow(SPRING, R2DBC, KAFKA, EMBEDDED, tributary("service.changelog")));
    }

    @Test
    void schemasReadThroughTheStoreAlone() {
        holds(packages("io.tributary.service.schema..")
                .mustNotKnow(
                        SPRING,
                        R2DBC,
                        KAFKA,
                        EMBEDDED,
                        tributary("service.lane", "service.intake", "service.changelog")));
    }

    @Test
    void triggersWriteThroughTheIntakeAlone() {
        holds(packages("io.tributary.service.trigger..")
                .mustNotKnow(SPRING, R2DBC, EMBEDDED, tributary("service.changelog")));
    }

    @Test
    void onlySchemasKnowTheirValidator() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.tributary.service.schema..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.networknt..")
                .because("it loads nothing only as it is set up there"));
    }

    @Test
    void watchesKnowTheChangelogByTheirPort() {
        holds(packages("io.tributary.service.watch..")
                .mustNotKnow(SPRING, R2DBC, EMBEDDED, tributary("service.[lane|intake|changelog]")));
        holds(packages("io.tributary.service.watch").mustNotKnow(KAFKA));
    }

    @Test
    void httpIsATransportOnly() {
        holds(packages("io.tributary.service.http..")
                .mustNotKnow(R2DBC, KAFKA, EMBEDDED, tributary("service.changelog")));
    }

    @Test
    void nothingCallsUpwards() {
        holds(packages(
                        "io.tributary.service.[document|store|query|job|definition|schema|trigger|watch|lane|changelog|embedded"
                                + "|intake]..")
                .mustNotKnow(tributary("service.http")));
    }

    @Test
    void embeddedServersAreKnownToTheirPackagesOnly() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("io.tributary.service.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EMBEDDED)
                .because("the production class path does not have them"));
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("io.tributary.kafka.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.raft..")
                .because("the production class path does not have the broker"));
    }

    @Test
    void whatAStartSaysKnowsNoOtherPackage() {
        holds(packages("io.tributary.service.start..")
                .mustNotKnow(
                        R2DBC,
                        EMBEDDED,
                        tributary("service.[http|intake|job|lane|document|store|changelog|embedded]")));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static String[] tributary(String... names) {
        return Arrays.stream(names).map(name -> "io.tributary." + name + "..").toArray(String[]::new);
    }

    private static Subject packages(String name) {
        return new Subject(name);
    }

    private record Subject(String name) {

        ArchRule mustNotKnow(String[]... others) {
            String[] all = Arrays.stream(others).flatMap(Arrays::stream).toArray(String[]::new);
            return noClasses()
                    .that(resideInAnyPackage(name))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(all);
        }
    }
}
