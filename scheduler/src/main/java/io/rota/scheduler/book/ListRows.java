package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.arbitration.ListRegister;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the table {@code lists}: one for each list of arbiters that the book has served, with who made it and why,
 * and one each, under a negative number, for what was promised and accepted for the next list.
 */
final class ListRows {
    static final String CREATE = "CREATE TABLE lists (epoch INTEGER PRIMARY KEY, round INTEGER NOT NULL,"
            + " proposer TEXT NOT NULL, list TEXT NOT NULL)";
    static final String PUT = "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)";

    private static final long PROMISED = -1;
    private static final long ACCEPTED = -2;

    private ListRows() {}

    static List<List<Object>> of(ListRegister lists) {
        var rows = new ArrayList<List<Object>>();
        rows.add(row(lists.list().epoch(), Ballot.NONE, lists.list().toText()));
        rows.add(row(PROMISED, lists.promised(), ""));
        rows.add(row(
                ACCEPTED,
                lists.accepted().map(ListProposal::ballot).orElse(Ballot.NONE),
                lists.accepted().map(accepted -> accepted.list().toText()).orElse("")));
        return rows;
    }

    private static List<Object> row(long epoch, Ballot ballot, String list) {
        return List.of(epoch, ballot.round(), ballot.proposer(), list);
    }

    /** What the book knows about the list of arbiters; empty if nobody has told it. */
    static Optional<ListRegister> load(Connection connection) throws SQLException {
        Optional<ArbiterList> list = Optional.empty();
        var promised = Ballot.NONE;
        Optional<ListProposal> accepted = Optional.empty();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM lists ORDER BY epoch")) {
            while (rows.next()) {
                long epoch = rows.getLong("epoch");
                var ballot = new Ballot(rows.getLong("round"), rows.getString("proposer"));
                var text = rows.getString("list");
                if (epoch == PROMISED) {
                    promised = ballot;
                } else if (epoch == ACCEPTED && !text.isEmpty()) {
                    accepted = Optional.of(new ListProposal(ballot, parse(text)));
                } else if (epoch >= 0) {
                    list = Optional.of(parse(text));
                }
            }
        }
        var promise = promised;
        var proposal = accepted;
        return list.map(served -> new ListRegister(served, promise, proposal));
    }

    private static ArbiterList parse(String text) throws SQLException {
        try {
            return ArbiterList.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SqliteFile.DamageException("a list of arbiters cannot be read: " + e.getMessage(), e);
        }
    }
}
