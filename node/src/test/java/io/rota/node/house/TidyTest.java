package io.rota.node.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The style that no compiler checks, as a test over the source text. */
class TidyTest {
    private static final SourceTree TREE = SourceTree.find();

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        assertThat(TREE.tooLong(400)).isEmpty();
    }

    @Test
    void noMethodIsLongerThan70Lines() throws IOException {
        assertThat(TREE.longMethods(70)).isEmpty();
    }

    @Test
    void noTypeHasAVagueName() throws IOException {
        assertThat(
                        TREE.named(
                                "(?:.*(?:Manager|Helper|Utils?|Impl|Processor|Data|Info)|(?:Common|Base|Abstract)[A-Z].*|I[A-Z][a-z].*)\\.java"))
                .isEmpty();
    }

    @Test
    void nobodySleeps() throws IOException {
        assertThat(TREE.containing("Thread" + "\\.sleep")).isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() throws IOException {
        assertThat(TREE.containing("@" + "Disabled")).isEmpty();
    }

    @Test
    void aTodoNamesItsIssue() throws IOException {
        assertThat(TREE.containing("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b(?!\\(#\\d+\\))"))
                .isEmpty();
    }

    @Test
    void aSuppressionGivesItsReasonOnItsLine() throws IOException {
        assertThat(TREE.containing("@Suppress" + "Warnings\\([^)]*\\)\\s*$")).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        assertThat(TREE.packagesWithoutInfo()).isEmpty();
    }

    @Test
    void everyPageHasOneTitle() throws IOException {
        assertThat(Pages.in(TREE.root()).withoutOneTitle()).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        assertThat(Pages.in(TREE.root()).deadLinks()).isEmpty();
    }

    @Test
    void theChecksBite(@org.junit.jupiter.api.io.TempDir Path dir) throws IOException {
        var main = Files.createDirectories(dir.resolve("x/src/main/java/io/rota/x"));
        var body = "        int a = 0;\n".repeat(80);
        Files.writeString(
                main.resolve("TaskManager.java"),
                "package io.rota.x;\nclass TaskManager {\n    void work() {\n" + body + "    }\n}\n"
                        + "\n".repeat(400));
        Files.writeString(dir.resolve("PAGE.md"), "# One\n\n[gone](docs/gone.md)\n\n# Two\n");
        var tree = new SourceTree(dir);

        assertThat(tree.tooLong(400)).hasSize(1);
        assertThat(tree.longMethods(70)).hasSize(1);
        assertThat(tree.named(".*Manager\\.java")).hasSize(1);
        assertThat(tree.containing("int a = 0")).isNotEmpty();
        assertThat(tree.packagesWithoutInfo()).hasSize(1);
        assertThat(Pages.in(dir).withoutOneTitle()).isEqualTo(List.of("PAGE.md"));
        assertThat(Pages.in(dir).deadLinks()).hasSize(1);
    }
}
