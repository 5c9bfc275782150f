package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.BookContent;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.arbitration.ListRegister;
import io.rota.scheduler.arbitration.ListVotes;
import io.rota.scheduler.arbitration.MemoryBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable book: whatever it answers is on disk before it answers, and it reads back what it wrote after a restart. A
 * file that is damaged is set aside and the book begins empty, to be refilled by the others; a file that cannot be read for
 * any other reason (locked, full disk) keeps the node from starting. After a failed write it answers nothing any more. Thread-safe.
 */
public final class SqliteBook implements Book, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteBook.class);
    static final String FILE = "book.db";

    private final SqliteFile file;
    private final GroupCommit commits;
    private final MemoryBook rules;

    private SqliteBook(SqliteFile file, String owner, ArbiterList list, BookContent content) {
        this.file = file;
        this.commits = new GroupCommit(file::commit);
        this.rules = new MemoryBook(owner, list, content, commits::add);
    }

    /**
     * Opens the book in this directory, making both if they are missing.
     *
     * @param owner the arbiter whose book it is
     * @param configured the arbiters by the config file: what counts until the book is told of a list, each of which it
     *     keeps
     * @throws UncheckedIOException if the directory or the file cannot be used at all
     */
    public static SqliteBook open(Path dataDir, String owner, List<String> configured) {
        try {
            Files.createDirectories(dataDir);
            removeOldLibraries(dataDir);
            // The driver unpacks its native library there: the temporary directory of many servers is mounted noexec.
            System.setProperty("org.sqlite.tmpdir", dataDir.toAbsolutePath().toString());
            return openOrSetAside(dataDir.resolve(FILE), owner, ArbiterList.configured(configured));
        } catch (IOException e) {
            throw new UncheckedIOException("the book in " + dataDir + " cannot be used (" + e.getMessage() + ")", e);
        }
    }

    /** The driver removes its library at the end of the JVM, unless that was killed: then each start would add one. */
    private static void removeOldLibraries(Path dataDir) throws IOException {
        try (var files = Files.newDirectoryStream(dataDir, "sqlite-*libsqlitejdbc*")) {
            for (var file : files) {
                // Whoever has loaded it keeps it; no other process uses this directory.
                Files.delete(file);
            }
        }
    }

    private static SqliteBook openOrSetAside(Path path, String owner, ArbiterList list) throws IOException {
        try {
            return read(path, owner, list);
        } catch (SQLException e) {
            if (e instanceof BookForm.UnknownFormException) {
                throw new IOException(e.getMessage(), e);
            }
            if (!SqliteFile.isDamage(e)) {
                throw new IOException(e.getMessage() + ": is another program using it, is the disk full?", e);
            }
            setAside(path, e);
        }
        try {
            return read(path, owner, list);
        } catch (SQLException e) {
            throw new IOException("cannot make " + path + " anew: " + e.getMessage(), e);
        }
    }

    private static SqliteBook read(Path path, String owner, ArbiterList list) throws SQLException {
        var file = SqliteFile.open(path);
        try {
            return new SqliteBook(file, owner, list, file.load());
        } catch (SQLException | RuntimeException e) {
            file.close();
            throw e instanceof SQLException sql
                    ? sql
                    : new SqliteFile.DamageException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static void setAside(Path path, SQLException cause) throws IOException {
        var aside = path + ".damaged-" + Instant.now().toString().replace(':', '-');
        for (var suffix : List.of("", "-wal", "-shm")) {
            var part = Path.of(path + suffix);
            if (Files.exists(part)) {
                Files.move(part, Path.of(aside + suffix));
            }
        }
        LOG.error(
                "the book is damaged and was set aside as {}; it is refilled by the other arbiters cause=\"{}\"",
                aside,
                cause.getMessage());
    }

    /** True if it holds all that it has ever accepted: then it may vote without asking the others. */
    public boolean isWhole() {
        return rules.isWhole();
    }

    /** Commits so far. */
    public long commits() {
        return commits.commits();
    }

    @Override
    public State state() {
        return rules.state();
    }

    @Override
    public Reading read(String task) {
        var reading = rules.read(task);
        commits.awaitDisk();
        return reading;
    }

    @Override
    public boolean write(BookEntry expected, BookEntry next) {
        boolean accepted = rules.write(expected, next);
        commits.awaitDisk();
        return accepted;
    }

    @Override
    public boolean release(String task, String claimId) {
        boolean over = rules.release(task, claimId);
        commits.awaitDisk();
        return over;
    }

    @Override
    public boolean end(Claim ended) {
        boolean known = rules.end(ended);
        commits.awaitDisk();
        return known;
    }

    @Override
    public List<Claim> verdicts() {
        var verdicts = rules.verdicts();
        commits.awaitDisk();
        return verdicts;
    }

    @Override
    public Renewal renew(LeaseId lease, long nowNanos) {
        var renewal = rules.renew(lease, nowNanos);
        commits.awaitDisk();
        return renewal;
    }

    @Override
    public boolean revoke(LeaseId lease, long nowNanos) {
        boolean revoked = rules.revoke(lease, nowNanos);
        commits.awaitDisk();
        return revoked;
    }

    @Override
    public void certify(DeathWord word) {
        rules.certify(word);
        commits.awaitDisk();
    }

    @Override
    public Copy copy(String asker, long life) {
        var copy = rules.copy(asker, life);
        commits.awaitDisk();
        return copy;
    }

    @Override
    public long tally() {
        return file.tally();
    }

    @Override
    public long seen(String arbiter) {
        long seen = rules.seen(arbiter);
        commits.awaitDisk();
        return seen;
    }

    @Override
    public void see(String arbiter, long tally) {
        rules.see(arbiter, tally);
        commits.awaitDisk();
    }

    @Override
    public void distrust() {
        rules.distrust();
        commits.awaitDisk();
    }

    @Override
    public ListRegister lists() {
        var lists = rules.lists();
        commits.awaitDisk();
        return lists;
    }

    @Override
    public <T> Optional<T> serve(long epoch, Function<Book, T> request) {
        // The disk is waited for without holding the book, so that many requests share one commit.
        var answer = rules.serve(epoch, request);
        commits.awaitDisk();
        return answer;
    }

    @Override
    public Optional<ListVotes.Promise> prepare(Ballot ballot) {
        var promise = rules.prepare(ballot);
        commits.awaitDisk();
        return promise;
    }

    @Override
    public boolean accept(ListProposal proposal) {
        boolean accepted = rules.accept(proposal);
        commits.awaitDisk();
        return accepted;
    }

    @Override
    public void moveOn(ArbiterList next) {
        rules.moveOn(next);
        commits.awaitDisk();
    }

    @Override
    public void refill(List<Copy> copies, long seen) {
        rules.refill(copies, seen);
        commits.awaitDisk();
    }

    @Override
    public void vote(long nowNanos) {
        rules.vote(nowNanos);
        commits.awaitDisk();
    }

    @Override
    public void close() {
        commits.close();
        try {
            file.close();
        } catch (SQLException e) {
            LOG.warn("the book's file was not closed cleanly: {}", e.getMessage());
        }
    }
}
