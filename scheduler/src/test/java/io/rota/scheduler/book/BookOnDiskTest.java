package io.rota.scheduler.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.ListRegister;
import io.rota.scheduler.arbitration.TestClaims;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person looks at a book. */
final class BookOnDiskTest {
    private static final ArbiterList LIST = ArbiterList.first(List.of("n1", "n2", "n3"));
    private static final LeaseId LEASE = new LeaseId("n1", 11, 1);

    @TempDir
    private Path dir = Path.of("");

    private SqliteBook open() {
        var book = SqliteBook.open(dir, "n1", LIST.names());
        book.moveOn(LIST);
        book.vote(0);
        return book;
    }

    private void write(SqliteBook book, long token) {
        var claim = TestClaims.exclusive("t", "c" + token, token, LEASE);
        assertThat(book.write(book.read("t").entry(), TestClaims.entry(claim))).isTrue();
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("book.db"));
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    @Test
    void aSoundBookIsReadAlsoWhileItIsWritten() throws Exception {
        try (var book = open()) {
            write(book, 1);

            var seen = BookOnDisk.read(dir);

            assertThat(seen.problems()).isEmpty();
            assertThat(seen.content().lists().map(ListRegister::list)).contains(LIST);
            assertThat(seen.content().entries())
                    .singleElement()
                    .extracting(BookEntry::token)
                    .isEqualTo(1L);
            write(book, 2);
            assertThat(BookOnDisk.read(dir).content().entries().get(0).token()).isEqualTo(2);
        }

        assertThat(BookOnDisk.read(dir).content().entries().get(0).token()).isEqualTo(2);
    }

    @Test
    void lookingChangesNothing() throws Exception {
        try (var book = open()) {
            write(book, 1);
        }

        BookOnDisk.read(dir);

        try (var book = open()) {
            assertThat(book.read("t").entry().token()).isEqualTo(1);
        }
    }

    @Test
    void whatNoBookMayHoldIsSaid() throws Exception {
        try (var book = open()) {
            write(book, 1);
        }
        sql("UPDATE claims SET ending = 'DONE'");

        assertThat(BookOnDisk.read(dir).problems())
                .singleElement()
                .isEqualTo("claim 1 of t (c1) is a run and ended by a verdict");
    }

    @Test
    void aTokenThatNoClaimCanHaveIsDamage() throws Exception {
        try (var book = open()) {
            write(book, 1);
        }
        sql("UPDATE claims SET token = 0");

        assertThat(BookOnDisk.read(dir).problems())
                .singleElement()
                .isEqualTo("the file holds what cannot be: token 0 of claim c1 is below 1");
    }

    @Test
    void aDamagedFileIsSaidToBe() throws Exception {
        try (var book = open()) {
            for (long token = 1; token <= 50; token++) {
                write(book, token);
            }
        }
        try (var file = FileChannel.open(dir.resolve("book.db"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[8192]), 0);
        }

        assertThat(BookOnDisk.read(dir).problems()).isNotEmpty();
    }

    @Test
    void whereThereIsNoBookTheMessageNamesThePlace() {
        assertThatThrownBy(() -> BookOnDisk.read(dir.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no book at")
                .hasMessageContaining("is that the data directory of an arbiter?");
    }
}
