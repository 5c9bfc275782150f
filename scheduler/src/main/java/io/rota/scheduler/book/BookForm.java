package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Tables and columns of a book's file, and their version: {@code PRAGMA user_version}. A file of an older form is brought
 * to this one in one transaction, tokens and all; one of a newer form is left alone, and the node does not start.
 */
final class BookForm {
    /** The form that is read and written here. */
    static final int VERSION = 3;

    private static final int FORM_2 = 2;

    private static final String COLUMNS = "(task TEXT NOT NULL, claim_id TEXT NOT NULL, token INTEGER NOT NULL,"
            + " node TEXT NOT NULL, boot_id INTEGER NOT NULL, epoch INTEGER NOT NULL, kind TEXT NOT NULL,"
            + " run_id TEXT NOT NULL, spec_hash INTEGER NOT NULL, occurrence INTEGER NOT NULL, about TEXT NOT NULL,"
            + " asked_at INTEGER NOT NULL, ending TEXT NOT NULL, ended_by TEXT NOT NULL, note TEXT NOT NULL,"
            + " ended_at INTEGER NOT NULL, PRIMARY KEY (task, claim_id)) WITHOUT ROWID";
    private static final String PLACES = " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String INSERT_CLAIM = "INSERT INTO claims" + PLACES;
    static final String INSERT_VERDICT = "INSERT OR IGNORE INTO verdicts" + PLACES;

    static final String DROP_OLD_VERDICTS = "DELETE FROM verdicts WHERE claim_id NOT IN"
            + " (SELECT claim_id FROM verdicts ORDER BY ended_at DESC LIMIT 1000)";

    private static final List<String> CREATE = List.of(
            "CREATE TABLE claims " + COLUMNS,
            "CREATE TABLE verdicts " + COLUMNS,
            "CREATE TABLE ended (task TEXT PRIMARY KEY, millis INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS deaths (node TEXT NOT NULL, boot_id INTEGER NOT NULL,"
                    + " PRIMARY KEY (node, boot_id)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS revoked (node TEXT NOT NULL, boot_id INTEGER NOT NULL, epoch INTEGER NOT NULL,"
                    + " PRIMARY KEY (node, boot_id, epoch)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");

    private static final List<String> CREATE_SINCE_FORM_3 = List.of(
            ListRows.CREATE,
            "CREATE TABLE seen (arbiter TEXT PRIMARY KEY, tally INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE founded (name TEXT PRIMARY KEY, life INTEGER NOT NULL) WITHOUT ROWID");

    private BookForm() {}

    /** A newer program has written the file. */
    static final class UnknownFormException extends SQLException {
        private static final long serialVersionUID = 1L;

        UnknownFormException(int form) {
            super("the book was written in form " + form + " by a newer version of Rota, and this one reads form "
                    + VERSION + ": start the newer version here");
        }
    }

    /**
     * Makes the tables, or brings those of an older form to this one.
     *
     * @throws UnknownFormException if the file is of a form that is not known here; it is unchanged then
     */
    static void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            int form = number(connection, "PRAGMA user_version");
            if (form > VERSION) {
                throw new UnknownFormException(form);
            }
            if (form == VERSION) {
                return;
            }
            if (form < FORM_2) {
                toForm2(connection, statement);
            }
            for (var sql : CREATE_SINCE_FORM_3) {
                statement.execute(sql);
            }
            statement.execute("PRAGMA user_version = " + VERSION);
            connection.commit();
        }
    }

    /** Refuses a file of another form than this one. */
    static void require(Connection connection) throws SQLException {
        int form = number(connection, "PRAGMA user_version");
        if (form > VERSION) {
            throw new UnknownFormException(form);
        }
        if (form < VERSION) {
            throw new SQLException("the book is of form " + form + ", which is brought to form " + VERSION
                    + " when its node starts: start it once");
        }
    }

    /** The first form knew neither a version nor more of an end than that there was one. */
    private static void toForm2(Connection connection, Statement statement) throws SQLException {
        boolean first = number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'claims'") > 0;
        if (first) {
            statement.execute("ALTER TABLE claims RENAME TO claims_of_form_1");
        }
        for (var sql : CREATE) {
            statement.execute(sql);
        }
        if (first) {
            statement.execute("INSERT INTO claims SELECT task, claim_id, token, node, boot_id, epoch, 'EXCLUSIVE',"
                    + " run_id, spec_hash, " + Purpose.NO_OCCURRENCE + ", '', 0, CASE over WHEN 0 THEN 'OPEN' ELSE"
                    + " 'RELEASED' END, '', '', 0 FROM claims_of_form_1");
            statement.execute("DROP TABLE claims_of_form_1");
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    static LeaseId lease(ResultSet row) throws SQLException {
        return new LeaseId(row.getString("node"), row.getLong("boot_id"), row.getInt("epoch"));
    }

    static Claim claim(ResultSet row) throws SQLException {
        var purpose = new Purpose(
                ClaimKind.valueOf(row.getString("kind")),
                row.getString("task"),
                row.getString("run_id"),
                row.getLong("spec_hash"),
                row.getLong("occurrence"),
                row.getString("about"),
                row.getLong("asked_at"));
        var ending = new Ending(
                ClaimEnd.valueOf(row.getString("ending")),
                row.getString("ended_by"),
                row.getString("note"),
                row.getLong("ended_at"));
        return new Claim(row.getString("claim_id"), row.getLong("token"), lease(row), purpose, ending);
    }

    /** In the order of the columns. */
    static List<Object> values(Claim claim) {
        var lease = claim.lease();
        var purpose = claim.purpose();
        var ending = claim.ending();
        return List.of(
                purpose.task(),
                claim.claimId(),
                claim.token(),
                lease.node(),
                lease.bootId(),
                lease.epoch(),
                purpose.kind().name(),
                purpose.runId(),
                purpose.specHash(),
                purpose.occurrenceMillis(),
                purpose.about(),
                purpose.askedMillis(),
                ending.end().name(),
                ending.by(),
                ending.note(),
                ending.atMillis());
    }
}
