package io.rota.scheduler.peer;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.ClaimRequest;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.arbitration.ListRegister;
import io.rota.scheduler.arbitration.ListVotes;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.engine.CycleFact;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.PlanView;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Messages of every kind, with empty and with full fields. */
final class Messages {
    private static final LeaseId LEASE = new LeaseId("n1", 0xfeed_face_cafe_beefL, 3);
    private static final Purpose RUN =
            new Purpose(ClaimKind.ONCE, "counter", "run-7", -1, 1_700_000_000_000L, "", 1_700_000_000_001L);
    private static final Purpose PROBE =
            new Purpose(ClaimKind.PROBE, "counter", "run-7", Long.MAX_VALUE, Purpose.NO_OCCURRENCE, "n2/c-6", 0);
    private static final Claim OPEN = new Claim("n1/c-7", 7, LEASE, PROBE, Ending.OPEN);
    private static final Claim OVER = new Claim(
            "n2/c-6",
            6,
            new LeaseId("n2", 1, 1),
            RUN,
            new Ending(ClaimEnd.INTERRUPTED, "größe", "two\nlines", 1_700_000_000_002L));
    private static final BookEntry ENTRY = new BookEntry(List.of(OPEN, OVER), -5);
    private static final DeathWord DEATH = new DeathWord("größe", Long.MIN_VALUE);
    private static final RunView YOUNG = new RunView(
            "run-8",
            "counter",
            "n1",
            RunState.DUE,
            "",
            Instant.ofEpochMilli(1_700_000_000_123L),
            null,
            null,
            null,
            null,
            null,
            "");
    private static final RunView OLD = new RunView(
            "run-7",
            "counter",
            "n1",
            RunState.FAILED,
            "exit code 1",
            Instant.ofEpochMilli(-1),
            Instant.ofEpochMilli(0),
            Instant.ofEpochMilli(5),
            -1,
            7L,
            4_194_304L,
            "last words\n\u0000€");

    private static final ArbiterList LIST = ArbiterList.first(List.of("n1", "n2", "n3"));
    private static final ListProposal PROPOSAL = new ListProposal(
            new Ballot(2, "n1/ab"), LIST.replace("n2", "n4", new ArbiterList.Change("ada", "größe", 5)));

    private Messages() {}

    /** Every record that is a request, those for arbiters included. */
    static List<Class<?>> kindsOfRequests() {
        return Stream.of(PeerRequest.class, PeerRequest.ToArbiter.class)
                .flatMap(kind -> Arrays.<Class<?>>stream(kind.getPermittedSubclasses()))
                .filter(kind -> !kind.isInterface())
                .toList();
    }

    static List<PeerRequest> requests() {
        return List.of(
                new PeerRequest.YieldTasks("n1", Set.of()),
                new PeerRequest.YieldTasks("n1", Set.of("a", "b", "c")),
                new PeerRequest.AskClaim(new ClaimRequest("n1/c-8", LEASE, PROBE)),
                new PeerRequest.ReadBook("counter"),
                new PeerRequest.WriteBook(BookEntry.EMPTY, ENTRY),
                new PeerRequest.WriteBook(ENTRY, BookEntry.EMPTY),
                new PeerRequest.ReleaseClaim("counter", "n1/c-7"),
                new PeerRequest.EndClaim(OVER),
                new PeerRequest.RenewLease(LEASE),
                new PeerRequest.RevokeLease(LEASE),
                new PeerRequest.TellDeath(DEATH),
                new PeerRequest.CopyBook("n4", 77),
                new PeerRequest.Numbered(3, new PeerRequest.ReadBook("counter")),
                new PeerRequest.CompareBooks("n4", 12),
                new PeerRequest.PrepareList(new Ballot(2, "n1/ab")),
                new PeerRequest.AcceptList(PROPOSAL),
                new PeerRequest.ExchangeLists("n1", LIST),
                new PeerRequest.AskReport(-1),
                new PeerRequest.AskOutlines(-1, "counter"),
                new PeerRequest.TellCycles(List.of()),
                new PeerRequest.TellCycles(List.of(new CycleFact("a", "2026-01-01T00:00:00Z", 1, RunState.DUE))),
                new PeerRequest.DrainNode(DrainOrder.look("n2")),
                new PeerRequest.DrainNode(new DrainOrder("größe", DrainOrder.Action.DRAIN, true)),
                new PeerRequest.BeginRun(new RunOrder("counter", "k-1", new TreeMap<>())),
                new PeerRequest.BeginRun(new RunOrder("counter", "k-2", new TreeMap<>(Map.of("index", "größe")))));
    }

    static List<ClaimDecision> decisions() {
        return List.of(
                new ClaimDecision.Granted(8, true),
                new ClaimDecision.Held("claim 7 of n1 is not over"),
                new ClaimDecision.Unavailable(""),
                new ClaimDecision.InDoubt(new Doubt(OVER, Doubt.Stage.HELD, OVER.ending())),
                new ClaimDecision.Settled(Purpose.NO_OCCURRENCE, Ending.OPEN));
    }

    static List<PeerAnswer> answers() {
        return List.of(
                new PeerAnswer.Outlines(
                        7,
                        List.of(
                                new TaskOutline("a", -1, new TreeMap<>()),
                                new TaskOutline("b", 1, new TreeMap<>(Map.of("zone", "a"))))),
                PeerAnswer.Yielded.nothing(),
                new PeerAnswer.Yielded(
                        Set.of("a", "b"),
                        Map.of("a", 1_700_000_000_000L),
                        List.of(new CycleFact("a", "b~größe", 1_700_000_000_000L, RunState.LOST))),
                new PeerAnswer.Decided(decisions().get(0)),
                new PeerAnswer.Decided(decisions().get(1)),
                new PeerAnswer.Decided(decisions().get(2)),
                new PeerAnswer.Decided(decisions().get(3)),
                new PeerAnswer.Decided(decisions().get(4)),
                new PeerAnswer.BookRead(new Book.Reading(true, ENTRY, List.of(DEATH))),
                new PeerAnswer.BookRead(new Book.Reading(false, BookEntry.EMPTY, List.of())),
                new PeerAnswer.Renewed(new Book.Renewal(true, Set.of(new Book.ClaimRef("counter", "n1/c-7")))),
                new PeerAnswer.BookCopied(new Book.Copy(
                        true,
                        false,
                        List.of(ENTRY),
                        List.of(DEATH, DEATH),
                        List.of(OVER),
                        new ListRegister(LIST, new Ballot(2, "n1/ab"), Optional.of(PROPOSAL)),
                        true)),
                new PeerAnswer.BookSeen(12),
                new PeerAnswer.LaterList(LIST),
                new PeerAnswer.Promised(new ListVotes.Promise(Ballot.NONE, Optional.empty())),
                new PeerAnswer.Promised(new ListVotes.Promise(new Ballot(2, "n1/ab"), Optional.of(PROPOSAL))),
                new PeerAnswer.Commanded(new CommandOutcome.ArbitersChanged(2, List.of("n4"), "")),
                new PeerAnswer.Reported(new NodeReport("n1", 0, new TaskLocks.Status(false, 0), List.of(), List.of())),
                new PeerAnswer.Reported(report()),
                new PeerAnswer.Done(true),
                new PeerAnswer.Done(false),
                new PeerAnswer.Refused("n4 is not a listed arbiter"),
                new PeerAnswer.Commanded(
                        new CommandOutcome.RunBegun("counter@counter~k-1", "n2", RunState.STARTING, "")),
                new PeerAnswer.Commanded(new CommandOutcome.DrainStands(
                        new DrainView("n2", false, false, List.of(), List.of(), List.of()))),
                new PeerAnswer.Commanded(new CommandOutcome.DrainStands(new DrainView(
                        "n2",
                        true,
                        false,
                        List.of(new PlanView.Move("a", "n2", "n3")),
                        List.of(new DrainView.Blocked("b", "größe")),
                        List.of("a", "b")))),
                new PeerAnswer.Commanded(
                        new CommandOutcome.Refused(CommandOutcome.Cause.UNAVAILABLE, "n2 does not own it")));
    }

    private static NodeReport report() {
        return new NodeReport(
                "n1",
                42,
                new TaskLocks.Status(true, 3),
                List.of(
                        new NodeReport.TaskReport(
                                "counter", TaskView.State.RUNNING, "because", 1_700_000_000_000L, List.of(YOUNG, OLD)),
                        new NodeReport.TaskReport("idle", TaskView.State.WAITING, "", 0, List.of())),
                List.of(new DoubtView(
                        "run-7",
                        "counter",
                        RunState.HELD,
                        "n1",
                        7,
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        "größe",
                        "probe 1 ended with code 3",
                        "last words")));
    }
}
