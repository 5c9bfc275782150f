package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.BookContent;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.MemoryBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable book: whatever it answers is on disk before it answers, and it reads back what it wrote after a restart. A
 * file that is damaged is set aside and the book begins empty, to be refilled by the others; a file that cannot be read for
 * any other reason (locked, full disk) keeps the node from starting. After a failed write it answers nothing any more. Thread-safe.
 */
public final class SqliteBook implements Book, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteBook.class);
    private static final String FILE = "book.db";

    private final SqliteFile file;
    private final GroupCommit commits;
    private final MemoryBook rules;
    private final boolean votedBefore;

    private SqliteBook(SqliteFile file, BookContent content) {
        this.file = file;
        this.commits = new GroupCommit(file::commit);
        this.rules = new MemoryBook(content, commits::add);
        this.votedBefore = content.voted();
    }

    /**
     * Opens the book in this directory, making both if they are missing.
     *
     * @throws UncheckedIOException if the directory or the file cannot be used at all
     */
    public static SqliteBook open(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
            removeOldLibraries(dataDir);
            // The driver unpacks its native library there: the temporary directory of many servers is mounted noexec.
            System.setProperty("org.sqlite.tmpdir", dataDir.toAbsolutePath().toString());
            return openOrSetAside(dataDir.resolve(FILE));
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

    private static SqliteBook openOrSetAside(Path path) throws IOException {
        try {
            return read(path);
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
            return read(path);
        } catch (SQLException e) {
            throw new IOException("cannot make " + path + " anew: " + e.getMessage(), e);
        }
    }

    private static SqliteBook read(Path path) throws SQLException {
        var file = SqliteFile.open(path);
        try {
            return new SqliteBook(file, file.load());
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

    /** True if it has voted in an earlier life: then it may vote at once, since it has forgotten nothing. */
    public boolean hasVotedBefore() {
        return votedBefore;
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
    public Copy copy() {
        var copy = rules.copy();
        commits.awaitDisk();
        return copy;
    }

    @Override
    public void refill(List<Copy> copies) {
        rules.refill(copies);
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
