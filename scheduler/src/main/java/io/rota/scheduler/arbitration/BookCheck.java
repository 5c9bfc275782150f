package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Looks for what no book may hold, whatever happened to it. Pure. */
public final class BookCheck {
    private BookCheck() {}

    /** One line for each thing that cannot be true, for a person; empty if the book is sound. */
    public static List<String> problems(BookContent content) {
        var problems = new ArrayList<String>();
        for (var entry : content.entries()) {
            entry.claims().forEach(claim -> check(problems, claim));
        }
        checkVerdicts(problems, content);
        checkList(problems, content);
        return problems;
    }

    private static void check(List<String> problems, Claim claim) {
        var kind = claim.purpose().kind();
        if (kind == ClaimKind.ONCE && claim.purpose().occurrenceMillis() == Purpose.NO_OCCURRENCE) {
            problems.add(named(claim) + " is of level once and of no occurrence");
        }
        boolean settles = kind == ClaimKind.PROBE || kind == ClaimKind.DECISION;
        if (settles == claim.purpose().about().isEmpty()) {
            problems.add(named(claim) + (settles ? " settles no run in doubt" : " is a run and settles another"));
        }
        if (claim.ending().end().isVerdict() && !settles) {
            problems.add(named(claim) + " is a run and ended by a verdict");
        }
    }

    /** A claim has one end: it is told once, by its holder. */
    private static void checkVerdicts(List<String> problems, BookContent content) {
        var ends = new TreeMap<String, ClaimEnd>();
        for (var verdict : content.verdicts()) {
            if (!verdict.ending().end().isVerdict()) {
                problems.add(named(verdict) + " is kept as a verdict and ended as "
                        + verdict.ending().end());
            }
            ends.put(verdict.claimId(), verdict.ending().end());
        }
        for (var entry : content.entries()) {
            for (var claim : entry.claims()) {
                var other = ends.getOrDefault(claim.claimId(), claim.ending().end());
                if (claim.over() && other != claim.ending().end()) {
                    problems.add(
                            named(claim) + " has two ends: " + claim.ending().end() + " and " + other);
                }
            }
        }
    }

    private static void checkList(List<String> problems, BookContent content) {
        if (content.lists().isEmpty()) {
            return;
        }
        var lists = content.lists().get();
        for (var seat : lists.list().seats()) {
            if (seat.since() > lists.list().epoch()) {
                problems.add(seat.name() + " is listed since list " + seat.since() + " in list "
                        + lists.list().epoch());
            }
        }
        var accepted = lists.accepted();
        if (accepted.isPresent() && accepted.get().ballot().compareTo(lists.promised()) > 0) {
            problems.add("a proposal was accepted above what was promised");
        }
        if (accepted.isPresent()
                && accepted.get().list().epoch() != lists.list().epoch() + 1) {
            problems.add("list " + accepted.get().list().epoch() + " was accepted to follow list "
                    + lists.list().epoch());
        }
    }

    private static String named(Claim claim) {
        return "claim " + claim.token() + " of " + claim.task() + " (" + claim.claimId() + ")";
    }
}
