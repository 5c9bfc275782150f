package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.BookChange;
import io.rota.scheduler.arbitration.BookContent;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.Purpose;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A book as an SQLite file: write-ahead log, synchronous FULL, so that a commit that has returned survives a power cut.
 * Confined to one thread at a time.
 */
final class SqliteFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);
    private static final String TALLY = "tally";
    private static final String PUT_FACT = "INSERT OR REPLACE INTO facts VALUES (?, ?)";
    private static final List<String> SET_UP = List.of("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL");

    private final Connection connection;
    private volatile long tally;

    private SqliteFile(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file, making it if it is missing.
     *
     * @throws SQLException if it cannot be used; the caller decides what becomes of it
     */
    static SqliteFile open(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            for (var sql : SET_UP) {
                statement.execute(sql);
            }
            try (var check = statement.executeQuery("PRAGMA quick_check")) {
                if (!check.next() || !check.getString(1).equals("ok")) {
                    throw new DamageException("the file is damaged: quick_check does not say ok", null);
                }
            }
            connection.setAutoCommit(false);
            BookForm.prepare(connection);
            return new SqliteFile(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens a file that is there, to read it as of one instant; whoever writes it meanwhile is not held up.
     *
     * @throws SQLException if it cannot be used, or is of another form than is read here
     */
    static SqliteFile openToRead(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            BookForm.require(connection);
            connection.setAutoCommit(false);
            return new SqliteFile(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What SQLite itself finds wrong with the file; empty if nothing. */
    List<String> check() throws SQLException {
        var found = new ArrayList<String>();
        query("PRAGMA integrity_check", row -> found.add(row.getString(1)));
        found.remove("ok");
        return found;
    }

    /** The content of the file is not what was written. */
    static final class DamageException extends SQLException {
        private static final long serialVersionUID = 1L;

        // The cause is null where a check of the file found the damage itself.
        DamageException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** True if the file holds something else than a whole book; false if it only cannot be reached now. */
    static boolean isDamage(SQLException e) {
        return e instanceof DamageException
                || (e instanceof SQLiteException sqlite
                        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
                                || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB));
    }

    BookContent load() throws SQLException {
        Map<String, List<Claim>> claims = new TreeMap<>();
        query(
                "SELECT * FROM claims",
                row -> claims.computeIfAbsent(row.getString("task"), task -> new ArrayList<>())
                        .add(BookForm.claim(row)));
        Map<String, Long> ended = new TreeMap<>();
        query("SELECT * FROM ended", row -> ended.put(row.getString("task"), row.getLong("millis")));
        var entries = new ArrayList<BookEntry>();
        claims.forEach(
                (task, list) -> entries.add(new BookEntry(list, ended.getOrDefault(task, Purpose.NO_OCCURRENCE))));
        var verdicts = new ArrayList<Claim>();
        query("SELECT * FROM verdicts ORDER BY ended_at", row -> verdicts.add(BookForm.claim(row)));
        var deaths = new ArrayList<DeathWord>();
        query("SELECT * FROM deaths", row -> deaths.add(new DeathWord(row.getString("node"), row.getLong("boot_id"))));
        var revoked = new ArrayList<LeaseId>();
        query("SELECT * FROM revoked", row -> revoked.add(BookForm.lease(row)));
        var facts = new TreeMap<String, String>();
        query("SELECT * FROM facts", row -> facts.put(row.getString("name"), row.getString("value")));
        tally = Long.parseLong(facts.getOrDefault(TALLY, "0"));
        var seen = new TreeMap<String, Long>();
        query("SELECT * FROM seen", row -> seen.put(row.getString("arbiter"), row.getLong("tally")));
        var founded = new TreeMap<String, Long>();
        query("SELECT * FROM founded", row -> founded.put(row.getString("name"), row.getLong("life")));
        return new BookContent(
                "yes".equals(facts.get("voted")),
                entries,
                deaths,
                revoked,
                verdicts,
                ListRows.load(connection),
                seen,
                founded);
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, RowReader reader) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** Writes all changes in one transaction; when this returns they are on disk. */
    void commit(List<BookChange> changes) throws SQLException {
        long next = tally;
        for (var change : changes) {
            apply(change);
            if (change instanceof BookChange.Raised raised) {
                next = Math.max(next, raised.tally());
            }
            // What was seen of others says nothing about this book, and would be told to and fro for ever.
            next += change instanceof BookChange.Seen ? 0 : 1;
        }
        execute(PUT_FACT, TALLY, Long.toString(next));
        connection.commit();
        tally = next;
    }

    /** How many changes are on disk. */
    long tally() {
        return tally;
    }

    private void apply(BookChange change) throws SQLException {
        if (change instanceof BookChange.Entry entry) {
            execute("DELETE FROM claims WHERE task = ?", entry.task());
            for (var claim : entry.entry().claims()) {
                execute(BookForm.INSERT_CLAIM, BookForm.values(claim).toArray());
            }
            execute(
                    "INSERT OR REPLACE INTO ended VALUES (?, ?)",
                    entry.task(),
                    entry.entry().endedBeforeMillis());
        } else if (change instanceof BookChange.Verdict verdict) {
            execute(BookForm.INSERT_VERDICT, BookForm.values(verdict.claim()).toArray());
            execute(BookForm.DROP_OLD_VERDICTS);
        } else if (change instanceof BookChange.Death death) {
            execute(
                    "INSERT OR IGNORE INTO deaths VALUES (?, ?)",
                    death.word().node(),
                    death.word().bootId());
        } else if (change instanceof BookChange.Revoked revoked) {
            var lease = revoked.lease();
            execute("INSERT OR IGNORE INTO revoked VALUES (?, ?, ?)", lease.node(), lease.bootId(), lease.epoch());
        } else if (change instanceof BookChange.Voted voted) {
            execute(PUT_FACT, "voted", voted.whole() ? "yes" : "no");
        } else if (change instanceof BookChange.Lists lists) {
            for (var row : ListRows.of(lists.lists())) {
                execute(ListRows.PUT, row.toArray());
            }
        } else if (change instanceof BookChange.Seen seen) {
            execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", seen.arbiter(), seen.tally());
        } else if (change instanceof BookChange.Raised) {
            LOG.debug("the tally is raised with the commit");
        } else if (change instanceof BookChange.Founded founded) {
            execute(
                    "INSERT OR IGNORE INTO founded VALUES (?, ?)",
                    BookContent.foundingKey(founded.arbiter(), founded.epoch()),
                    founded.life());
        } else {
            throw new IllegalStateException("no row for " + change);
        }
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
