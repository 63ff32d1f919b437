package dev.latchkey;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/** Holds the package table of docs/architecture.md: floors only look down, and packages have no cycles. */
@AnalyzeClasses(packages = "dev.latchkey", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Lowest floor first; packages on one floor do not know each other, but for crypto and config knowing error. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("error"),
            List.of("config", "crypto"),
            List.of("db"),
            List.of("audit", "mail", "blob", "extract"),
            List.of("account"),
            List.of("session"),
            List.of("library"),
            List.of("http"),
            List.of("api", "web"),
            List.of("server"),
            List.of("cli"));

    @ArchTest
    static final ArchRule floors_only_look_down = floors();

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.latchkey.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule domain_packages_know_no_http = noClasses()
            .that()
            .resideOutsideOfPackages("..http..", "..api..", "..web..", "..server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule only_database_code_knows_jdbc = noClasses()
            .that()
            .resideOutsideOfPackage("dev.latchkey.db")
            .and()
            .haveSimpleNameNotEndingWith("Dao")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule the_library_knows_callers_but_not_sessions = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.library")
            .should()
            .dependOnClassesThat(sessionsOtherThanCaller());

    @ArchTest
    static final ArchRule http_does_not_know_the_library = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.latchkey.library");

    private static DescribedPredicate<JavaClass> sessionsOtherThanCaller() {
        return DescribedPredicate.describe(
                "are in session, but not Caller",
                type -> type.getPackageName().equals("dev.latchkey.session")
                        && !type.getName().startsWith("dev.latchkey.session.Caller"));
    }

    private static LayeredArchitecture floors() {
        LayeredArchitecture rule = layeredArchitecture().consideringOnlyDependenciesInLayers();
        List<String> above = new ArrayList<>();
        for (int i = FLOORS.size() - 1; i >= 0; i--) {
            for (String name : FLOORS.get(i)) {
                rule = rule.layer(name).definedBy("dev.latchkey." + name);
            }
        }
        for (int i = FLOORS.size() - 1; i >= 0; i--) {
            for (String name : FLOORS.get(i)) {
                rule = above.isEmpty()
                        ? rule.whereLayer(name).mayNotBeAccessedByAnyLayer()
                        : rule.whereLayer(name).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
            }
            above.addAll(FLOORS.get(i));
        }
        return rule;
    }
}
