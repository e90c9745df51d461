package org.initlab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.initlab.experiment.Revisions;
import org.initlab.run.RunQueries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.annotation.Transactional;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.initlab");

    @Test
    void trainingAndAnalysisAreLibrariesWithoutSpringAndSql() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.initlab.training..", "org.initlab.analysis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "javax.sql..",
                        "java.sql..",
                        "jakarta.persistence..",
                        "io.micrometer.."));
    }

    /** Each package and those of the service that it may use, besides {@code text}; training and platform use none. */
    @ParameterizedTest
    @CsvSource({
        "text,",
        "training,",
        "platform,",
        "catalog,training platform",
        "worker,training platform",
        "run,worker catalog training platform",
        "queue,run worker training platform",
        "analysis,",
        "experiment,queue run worker training analysis platform",
        "events,experiment run platform",
        "results,events experiment run training analysis platform",
        "study,results experiment analysis platform",
        "webhook,study results experiment analysis platform",
        "retention,study experiment platform",
        "observe,experiment run worker training platform"
    })
    void dependenciesPointInOneDirection(String feature, String allowed) {
        String self = packageOf(feature);
        String[] others = Arrays.stream((allowed == null ? "text" : allowed + " text").split(" "))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.initlab..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage(self))
                        .and(JavaClass.Predicates.resideOutsideOfPackages(others))));
    }

    /**
     * Data knows no networks and networks know no data, and only the catalogue knows every kind; a package's
     * sub-packages don't count.
     */
    @ParameterizedTest
    @CsvSource({
        "spec,objective",
        "engine,spec",
        "download,spec",
        "weights,spec",
        "data,spec",
        "data.files,spec",
        "data.cache,data.files engine spec",
        "data.images,data data.cache data.files download spec",
        "data.tables,data data.cache data.files spec",
        "objective,",
        "optimizer,engine weights spec",
        "network.layers,engine weights spec",
        "network,network.layers engine download weights spec",
        "network.vision,engine network network.layers spec",
        "network.efficientnet,network network.layers network.vision spec",
        "network.resnet,network network.layers network.vision spec",
        "network.mobilenet,network network.layers network.vision spec",
        "network.convnext,network network.layers network.vision spec",
        "network.mlp,network network.layers spec",
        "network.scripted,network network.layers engine weights spec"
    })
    void seamsOfTrainingAreKept(String part, String allowed) {
        String self = "org.initlab.training." + part;
        String[] others = Arrays.stream(allowed == null ? new String[0] : allowed.split(" "))
                .map(other -> "org.initlab.training." + other)
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.initlab..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(self, "org.initlab.text"))
                        .and(JavaClass.Predicates.resideOutsideOfPackages(others))));
    }

    /** DJL puts the number into memory that may be gone by the backward pass: see {@code Managed}. */
    @Test
    void nothingThatAutogradRecordsUsesDjlsArithmeticWithNumbers() {
        check(noClasses()
                .that()
                .resideInAPackage("org.initlab.training..")
                .and()
                .resideOutsideOfPackage("org.initlab.training.data..")
                .should()
                .callMethodWhere(describe(
                        "an array is combined with a number",
                        call -> call.getTargetOwner().isAssignableTo(NDArray.class)
                                && call.getTarget().getRawParameterTypes().stream()
                                        .anyMatch(type -> type.isEquivalentTo(Number.class)))));
    }

    @Test
    void packagesHaveNoCyclesAtAnyDepth() {
        check(slices().matching("org.initlab.(**)").should().beFreeOfCycles());
    }

    @Test
    void controllersLiveInWebPackages() {
        check(classes()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .resideInAnyPackage("..web..", "..problem..", "..security.."));
    }

    /** A bootstrap or a picture takes longer than a connection may stay idle in its transaction, and there are only ten. */
    @Test
    void nothingIsComputedWithinATransaction() {
        check(noClasses()
                .that(describe(
                        "begin transactions",
                        type -> type.isAnnotatedWith(Transactional.class)
                                || type.getMethods().stream()
                                        .anyMatch(method -> method.isAnnotatedWith(Transactional.class))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.initlab.analysis.."));
    }

    /** What is shown of an experiment's runs is read through {@link Revisions}, or a poll could step back behind it. */
    @Test
    void controllersDoNotReadRunsPastTheRevisions() {
        check(noClasses()
                .that()
                .resideInAPackage("..web..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(RunQueries.class));
    }

    private static String packageOf(String feature) {
        return "org.initlab." + feature + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
