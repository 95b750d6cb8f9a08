package org.facteur.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules between the rooms. */
@AnalyzeClasses(packages = "org.facteur", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] SERVICES = {
        "org.facteur.ingress..",
        "org.facteur.verifier..",
        "org.facteur.signer..",
        "org.facteur.egress..",
        "org.facteur.mailbox.store..",
        "org.facteur.imap..",
        "org.facteur.admin.."
    };

    @ArchTest
    static final ArchRule mailDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("org.facteur.mail..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.facteur.platform..",
                    "io.netty..",
                    "org.apache.kafka..",
                    "java.net.http..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.sql..");

    @ArchTest
    static final ArchRule platformKnowsNoService = noClasses()
            .that()
            .resideInAPackage("org.facteur.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = slices().matching(
                    "org.facteur.(ingress|verifier|signer|egress|imap|admin)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyTheProcessSeesTheStore = noClasses()
            .that()
            .resideOutsideOfPackages("org.facteur.mailbox.store..", "org.facteur.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.facteur.mailbox.store..");

    @ArchTest
    static final ArchRule noServiceKnowsHowItIsDeployed = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.facteur.standalone..", "org.facteur.embedded..", "org.facteur.bench..");
}
