package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.DeathWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptWordsTest {
    private static final DeathWord WORD = new DeathWord("größe-1", Long.MIN_VALUE + 7);

    @TempDir
    private Path dir = Path.of("");

    @Test
    void wordOutlivesWhoeverKeptIt() throws IOException {
        new KeptWords(dir.resolve("words")).keep(WORD);

        assertThat(new KeptWords(dir.resolve("words")).all()).containsExactly(WORD);
    }

    @Test
    void wordThatWasTakenIsForgotten() throws IOException {
        var words = new KeptWords(dir.resolve("words"));
        words.keep(WORD);
        words.keep(WORD);

        words.taken(WORD);
        words.taken(WORD);

        assertThat(words.all()).isEmpty();
    }

    @Test
    void nothingKeptIsNothing() throws IOException {
        assertThat(new KeptWords(dir.resolve("words")).all()).isEmpty();
    }

    @Test
    void draftOfAWriterThatDiedIsNoWord() throws IOException {
        Files.writeString(dir.resolve("new"), "n1");

        assertThat(new KeptWords(dir).all()).isEmpty();
    }

    @Test
    void numberOfWordsIsBounded() throws IOException {
        var words = new KeptWords(dir);
        for (int i = 0; i < KeptWords.LIMIT + 3; i++) {
            words.keep(new DeathWord("n1", i));
        }

        assertThat(words.all()).hasSize(KeptWords.LIMIT).contains(new DeathWord("n1", KeptWords.LIMIT + 2));
    }
}
