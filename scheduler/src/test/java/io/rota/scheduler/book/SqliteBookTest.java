package io.rota.scheduler.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.BookChange;
import io.rota.scheduler.arbitration.BookContent;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.arbitration.MemoryBook;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.arbitration.TestClaims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBookTest {
    private static final LeaseId N1 = new LeaseId("n1", 11, 1);
    private static final long START = 5_000_000_000L;

    private static final ArbiterList LIST = ArbiterList.configured(List.of("n1", "n2", "n3"));

    @TempDir
    private Path dir = Path.of("");

    private SqliteBook open() {
        return SqliteBook.open(dir, "n1", LIST.names());
    }

    private static Claim claim(String task, String id, long token) {
        return TestClaims.exclusive(task, id, token, N1);
    }

    @Test
    void theListAndWhatWasPromisedForTheNextOneAreReadBackAfterARestart() {
        var first = ArbiterList.first(LIST.names());
        var change = new ArbiterList.Change("ada", "n2 lost its disk", 5);
        var proposal = new ListProposal(new Ballot(2, "n3/ab"), first.replace("n2", "n4", change));
        try (var book = open()) {
            book.moveOn(first);
            book.vote(START);
            assertThat(book.prepare(new Ballot(2, "n3/ab"))).isPresent();
            assertThat(book.accept(proposal)).isTrue();
        }

        try (var book = open()) {
            book.vote(START);
            assertThat(book.lists().list()).isEqualTo(first);
            assertThat(book.lists().accepted()).contains(proposal);
            assertThat(book.accept(new ListProposal(new Ballot(1, "n1/cd"), proposal.list())))
                    .as("a lower ballot than the one promised in its earlier life")
                    .isFalse();
            book.moveOn(proposal.list());
            assertThat(book.copy("n4", 7).founding()).isTrue();
        }

        try (var book = open()) {
            book.vote(START);
            assertThat(book.lists().list()).isEqualTo(proposal.list());
            assertThat(book.copy("n4", 8).founding())
                    .as("another life of the same new arbiter")
                    .isFalse();
            assertThat(book.copy("n4", 7).founding()).isTrue();
        }
    }

    @Test
    void aBookThatVotedBeforeThereWereListsServesTheFilesListAsTheFirst() {
        try (var book = open()) {
            book.vote(START);
        }

        try (var book = open()) {
            assertThat(book.lists().list()).isEqualTo(ArbiterList.first(LIST.names()));
        }
    }

    @Test
    void whatWasAcceptedIsReadBackAfterARestart() {
        try (var book = open()) {
            book.vote(START);
            book.write(BookEntry.EMPTY, TestClaims.entry(claim("a", "x", 1)));
            book.release("a", "x");
            book.write(book.read("a").entry(), TestClaims.entry(claim("a", "y", 2)));
            book.certify(new DeathWord("n9", 9));
            book.revoke(N1, START + MemoryBook.REVOKE_AFTER_NANOS + 1);
        }

        try (var book = open()) {
            assertThat(book.isWhole()).isTrue();
            book.vote(START);
            assertThat(book.read("a").entry()).isEqualTo(new BookEntry(List.of(claim("a", "y", 2))));
            assertThat(book.copy("n2", 7).deaths()).containsExactly(new DeathWord("n9", 9));
            assertThat(book.renew(N1, START).renewed())
                    .as("revoked in its earlier life")
                    .isFalse();
        }
    }

    @Test
    void whatIsInDoubtAndWhatWasSaidAboutItIsReadBackAfterARestart() {
        var intent = TestClaims.once("a", "x", 1, N1, 100);
        var purpose = new Purpose(ClaimKind.DECISION, "a", "a@100", 7, 100, "x", 3);
        var decision = new Claim("d", 2, N1, purpose, Ending.OPEN);
        var verdict = decision.ended(new Ending(ClaimEnd.NOT_DONE, "kim", "the bank says no\nsecond line", 9));
        BookEntry record;
        try (var book = open()) {
            book.vote(START);
            book.write(BookEntry.EMPTY, TestClaims.entry(intent));
            book.write(book.read("a").entry(), new BookEntry(List.of(decision, intent), 50));
            book.end(verdict);
            record = book.read("a").entry();
        }

        try (var book = open()) {
            assertThat(book.read("a").entry()).isEqualTo(record).isEqualTo(new BookEntry(List.of(verdict, intent), 50));
            assertThat(book.verdicts()).containsExactly(verdict);
            assertThat(book.copy("n2", 7).verdicts()).containsExactly(verdict);
        }
    }

    @Test
    void aBookOfTheFirstFormKeepsItsTokensAndWhatItHadRevoked() throws Exception {
        try (var old = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("book.db"));
                var statement = old.createStatement()) {
            statement.execute(
                    "CREATE TABLE claims (task TEXT NOT NULL, claim_id TEXT NOT NULL, token INTEGER NOT NULL,"
                            + " node TEXT NOT NULL, boot_id INTEGER NOT NULL, epoch INTEGER NOT NULL, run_id TEXT NOT NULL,"
                            + " spec_hash INTEGER NOT NULL, over INTEGER NOT NULL, PRIMARY KEY (task, claim_id)) WITHOUT ROWID");
            statement.execute("CREATE TABLE revoked (node TEXT NOT NULL, boot_id INTEGER NOT NULL, epoch INTEGER NOT"
                    + " NULL, PRIMARY KEY (node, boot_id, epoch)) WITHOUT ROWID");
            statement.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
            statement.execute("INSERT INTO facts VALUES ('voted', 'yes')");
            statement.execute("INSERT INTO revoked VALUES ('n1', 11, 1)");
            statement.execute("INSERT INTO claims VALUES ('a', 'x', 41, 'n1', 11, 1, 'a@1', 7, 0)");
            statement.execute("INSERT INTO claims VALUES ('b', 'y', 12, 'n1', 11, 1, 'b@1', 7, 1)");
        }

        for (int opened = 0; opened < 2; opened++) {
            try (var book = open()) {
                assertThat(book.isWhole()).isTrue();
                book.vote(START);
                assertThat(book.read("a").entry()).isEqualTo(TestClaims.entry(claim("a", "x", 41)));
                assertThat(book.read("b").entry().claims())
                        .extracting(found -> found.ending().end())
                        .containsExactly(ClaimEnd.RELEASED);
                assertThat(book.renew(N1, START).renewed()).isFalse();
            }
        }
    }

    @Test
    void aBookOfANewerFormIsLeftAloneAndTheNodeDoesNotStart() throws Exception {
        try (var book = open()) {
            book.vote(START);
        }
        try (var newer = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("book.db"));
                var statement = newer.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("form 99 by a newer version of Rota")
                .hasMessageContaining("start the newer version here");
        assertThat(dir.toFile().list((place, name) -> name.contains("damaged"))).isEmpty();
    }

    @Test
    void aNewBookHasNotVotedAndDoesNotVoteByItself() {
        try (var book = open()) {
            assertThat(book.isWhole()).isFalse();
            assertThat(book.state()).isEqualTo(Book.State.EMPTY);
            assertThat(book.copy("n2", 7).blank()).isTrue();
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndTheBookBeginsEmpty() throws IOException {
        try (var book = open()) {
            book.vote(START);
            book.write(BookEntry.EMPTY, TestClaims.entry(claim("a", "x", 1)));
        }
        Files.writeString(dir.resolve("book.db"), "this is no database, it is a letter".repeat(300));

        try (var book = open()) {
            assertThat(book.isWhole()).isFalse();
            assertThat(book.copy("n2", 7).blank()).isTrue();
        }
        assertThat(dir.toFile().list((place, name) -> name.startsWith("book.db.damaged-")))
                .isNotEmpty();
    }

    @Test
    void aFileCutShortIsSetAsideOrReadWholeAndNeverHalf() throws IOException {
        try (var book = open()) {
            book.vote(START);
            for (int i = 0; i < 200; i++) {
                book.write(BookEntry.EMPTY, TestClaims.entry(claim("task-" + i, "x" + i, 1)));
            }
        }
        long size = Files.size(dir.resolve("book.db"));
        try (var channel = Files.newByteChannel(dir.resolve("book.db"), StandardOpenOption.WRITE)) {
            channel.truncate(size / 2);
        }

        try (var book = open()) {
            assertThat(book.copy("n2", 7).entries().size()).isIn(0, 200);
            assertThat(book.isWhole()).isEqualTo(book.copy("n2", 7).entries().size() == 200);
        }
    }

    @Test
    void aBookThatAnotherProgramHoldsIsNeitherSetAsideNorReplaced() throws Exception {
        try (var book = open()) {
            book.vote(START);
            book.write(BookEntry.EMPTY, TestClaims.entry(claim("a", "x", 1)));
        }
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("book.db"));
                var statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");

            assertThatThrownBy(() -> open()).isInstanceOf(UncheckedIOException.class);
            statement.execute("ROLLBACK");
        }

        assertThat(dir.toFile().list((place, name) -> name.contains("damaged"))).isEmpty();
        try (var book = open()) {
            assertThat(book.copy("n2", 7).entries()).hasSize(1);
        }
    }

    @Test
    void whatComesInWhileTheDiskIsBusyGoesInOneCommit() throws InterruptedException {
        var firstIsWriting = new CountDownLatch(1);
        var diskIsFree = new CountDownLatch(1);
        try (var commits = new GroupCommit(changes -> {
            firstIsWriting.countDown();
            diskIsFree.await();
        })) {
            commits.add(new BookChange.Voted(true));
            firstIsWriting.await();
            for (int i = 0; i < 63; i++) {
                commits.add(new BookChange.Voted(true));
            }
            diskIsFree.countDown();
            commits.awaitDisk();

            assertThat(commits.commits()).isEqualTo(2);
        }
    }

    @Test
    void afterAFailedCommitNothingIsAcknowledgedAnyMore() {
        var commits = new GroupCommit(changes -> {
            throw new IOException("no space left on device");
        });
        try (commits) {
            var rules = new MemoryBook("n1", LIST, BookContent.BLANK, commits::add);
            rules.vote(START);

            assertThatThrownBy(commits::awaitDisk)
                    .isInstanceOf(BookFailedException.class)
                    .hasMessageContaining("no space left");
            assertThatThrownBy(commits::awaitDisk).as("also the next one").isInstanceOf(BookFailedException.class);
        }
    }

    @Test
    void librariesOfJvmsThatWereKilledAreRemoved() throws IOException {
        for (var name : List.of("sqlite-3.1-a-libsqlitejdbc.so", "sqlite-3.1-a-libsqlitejdbc.so.lck")) {
            Files.writeString(dir.resolve(name), "old");
        }

        open().close();

        try (var files = Files.list(dir)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.endsWith("libsqlitejdbc.so"))
                    .hasSizeLessThanOrEqualTo(1)
                    .noneMatch(name -> name.contains("-a-"));
        }
        assertThat(dir.resolve("sqlite-3.1-a-libsqlitejdbc.so.lck")).doesNotExist();
    }
}
