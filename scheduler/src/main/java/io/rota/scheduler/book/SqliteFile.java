package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.BookChange;
import io.rota.scheduler.arbitration.BookContent;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
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

/**
 * A book as an SQLite file: write-ahead log, synchronous FULL, so that a commit that has returned survives a power cut.
 * Confined to one thread at a time.
 */
final class SqliteFile implements AutoCloseable {
    private static final List<String> SET_UP = List.of(
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE IF NOT EXISTS claims (task TEXT NOT NULL, claim_id TEXT NOT NULL, token INTEGER NOT NULL,"
                    + " node TEXT NOT NULL, boot_id INTEGER NOT NULL, epoch INTEGER NOT NULL, run_id TEXT NOT NULL,"
                    + " spec_hash INTEGER NOT NULL, over INTEGER NOT NULL, PRIMARY KEY (task, claim_id)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS deaths (node TEXT NOT NULL, boot_id INTEGER NOT NULL,"
                    + " PRIMARY KEY (node, boot_id)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS revoked (node TEXT NOT NULL, boot_id INTEGER NOT NULL, epoch INTEGER NOT NULL,"
                    + " PRIMARY KEY (node, boot_id, epoch)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");

    private final Connection connection;

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
                    throw new SQLException("the file is damaged: quick_check does not say ok");
                }
            }
            connection.setAutoCommit(false);
            return new SqliteFile(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    BookContent load() throws SQLException {
        Map<String, List<Claim>> claims = new TreeMap<>();
        query(
                "SELECT * FROM claims",
                row -> claims.computeIfAbsent(row.getString("task"), task -> new ArrayList<>())
                        .add(claim(row)));
        var deaths = new ArrayList<DeathWord>();
        query("SELECT * FROM deaths", row -> deaths.add(new DeathWord(row.getString("node"), row.getLong("boot_id"))));
        var revoked = new ArrayList<LeaseId>();
        query("SELECT * FROM revoked", row -> revoked.add(lease(row)));
        var facts = new ArrayList<String>();
        query("SELECT * FROM facts", row -> facts.add(row.getString("name")));
        return new BookContent(
                facts.contains("voted"),
                claims.values().stream().map(BookEntry::new).toList(),
                deaths,
                revoked);
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

    private static LeaseId lease(ResultSet row) throws SQLException {
        return new LeaseId(row.getString("node"), row.getLong("boot_id"), row.getInt("epoch"));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getString("claim_id"),
                row.getString("task"),
                row.getLong("token"),
                lease(row),
                row.getString("run_id"),
                row.getLong("spec_hash"),
                row.getBoolean("over"));
    }

    /** Writes all changes in one transaction; when this returns they are on disk. */
    void commit(List<BookChange> changes) throws SQLException {
        for (var change : changes) {
            apply(change);
        }
        connection.commit();
    }

    private void apply(BookChange change) throws SQLException {
        if (change instanceof BookChange.Entry entry) {
            execute("DELETE FROM claims WHERE task = ?", entry.task());
            for (var claim : entry.entry().claims()) {
                insert(claim);
            }
        } else if (change instanceof BookChange.Death death) {
            execute(
                    "INSERT OR IGNORE INTO deaths VALUES (?, ?)",
                    death.word().node(),
                    death.word().bootId());
        } else if (change instanceof BookChange.Revoked revoked) {
            var lease = revoked.lease();
            execute("INSERT OR IGNORE INTO revoked VALUES (?, ?, ?)", lease.node(), lease.bootId(), lease.epoch());
        } else if (change instanceof BookChange.Voted) {
            execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", "voted", "yes");
        } else {
            throw new IllegalStateException("no row for " + change);
        }
    }

    private void insert(Claim claim) throws SQLException {
        execute(
                "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                claim.task(),
                claim.claimId(),
                claim.token(),
                claim.lease().node(),
                claim.lease().bootId(),
                claim.lease().epoch(),
                claim.runId(),
                claim.specHash(),
                claim.over());
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
