package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.ListVotes;
import io.rota.scheduler.arbitration.TaskLocks;
import java.util.LinkedHashSet;
import java.util.function.Function;

/**
 * Binary form of requests and answers: a version byte, a kind byte, the fields. Whatever cannot be read throws
 * {@link MalformedMessageException} and allocates no more than the message is long.
 */
public final class PeerCodec {
    /** Bumped when the form of any message changes. */
    private static final int VERSION = 5;

    /** Kind of a request with the number of a list before it. */
    private static final int NUMBERED = 21;

    private PeerCodec() {}

    /** The request as bytes. */
    public static byte[] encode(PeerRequest request) {
        var out = new FieldWriter().putByte(VERSION);
        write(out, request);
        return out.toBytes();
    }

    private static void write(FieldWriter out, PeerRequest request) {
        if (request instanceof PeerRequest.Numbered numbered) {
            write(out.putByte(NUMBERED).putLong(numbered.epoch()), numbered.request());
        } else if (request instanceof PeerRequest.PrepareList prepare) {
            ListFields.ballot(out.putByte(22), prepare.ballot());
        } else if (request instanceof PeerRequest.AcceptList accept) {
            ListFields.proposal(out.putByte(23), accept.proposal());
        } else if (request instanceof PeerRequest.ExchangeLists exchange) {
            ListFields.list(out.putByte(24).putText(exchange.from()), exchange.list());
        } else if (request instanceof PeerRequest.CompareBooks compare) {
            out.putByte(25).putText(compare.from()).putLong(compare.tally());
        } else if (request instanceof PeerRequest.YieldTasks yield) {
            out.putByte(1).putText(yield.from()).putAll(yield.tasks(), FieldWriter::putText);
        } else if (request instanceof PeerRequest.AskClaim ask) {
            ClaimFields.request(out.putByte(2), ask.claim());
        } else if (request instanceof PeerRequest.ReadBook read) {
            out.putByte(3).putText(read.task());
        } else if (request instanceof PeerRequest.WriteBook write) {
            ClaimFields.entry(out.putByte(4), write.expected());
            ClaimFields.entry(out, write.next());
        } else if (request instanceof PeerRequest.ReleaseClaim release) {
            out.putByte(5).putText(release.task()).putText(release.claimId());
        } else if (request instanceof PeerRequest.RenewLease renew) {
            ClaimFields.lease(out.putByte(6), renew.lease());
        } else if (request instanceof PeerRequest.RevokeLease revoke) {
            ClaimFields.lease(out.putByte(7), revoke.lease());
        } else if (request instanceof PeerRequest.TellDeath tell) {
            ClaimFields.death(out.putByte(8), tell.word());
        } else if (request instanceof PeerRequest.CopyBook copy) {
            out.putByte(9).putText(copy.asker()).putLong(copy.life());
        } else if (request instanceof PeerRequest.AskReport ask) {
            out.putByte(10).putLong(ask.since());
        } else if (request instanceof PeerRequest.AskOutlines ask) {
            out.putByte(13).putLong(ask.digest()).putText(ask.after());
        } else if (request instanceof PeerRequest.TellCycles tell) {
            out.putByte(12).putAll(tell.cycles(), Fields::cycle);
        } else if (request instanceof PeerRequest.BeginRun begin) {
            CommandFields.order(out.putByte(11), begin.order());
        } else if (request instanceof PeerRequest.DrainNode drain) {
            CommandFields.drain(out.putByte(14), drain.order());
        } else if (request instanceof PeerRequest.EndClaim end) {
            ClaimFields.claim(out.putByte(20), end.ended());
        } else {
            throw new IllegalStateException("no binary form of " + request);
        }
    }

    /** The request in these bytes. */
    public static PeerRequest decodeRequest(byte[] bytes) {
        return decode(bytes, PeerCodec::request);
    }

    private static PeerRequest request(FieldReader in) {
        int kind = in.takeByte();
        return kind == NUMBERED ? numbered(in) : request(in, kind);
    }

    private static PeerRequest request(FieldReader in, int kind) {
        return switch (kind) {
            case 1 -> new PeerRequest.YieldTasks(in.takeText(), new LinkedHashSet<>(in.takeAll(FieldReader::takeText)));
            case 2 -> new PeerRequest.AskClaim(ClaimFields.request(in));
            case 3 -> new PeerRequest.ReadBook(in.takeText());
            case 4 -> new PeerRequest.WriteBook(ClaimFields.entry(in), ClaimFields.entry(in));
            case 5 -> new PeerRequest.ReleaseClaim(in.takeText(), in.takeText());
            case 6 -> new PeerRequest.RenewLease(ClaimFields.lease(in));
            case 7 -> new PeerRequest.RevokeLease(ClaimFields.lease(in));
            case 8 -> new PeerRequest.TellDeath(ClaimFields.death(in));
            case 9 -> new PeerRequest.CopyBook(in.takeText(), in.takeLong());
            case 10 -> new PeerRequest.AskReport(in.takeLong());
            case 11 -> new PeerRequest.BeginRun(CommandFields.order(in));
            case 12 -> new PeerRequest.TellCycles(in.takeAll(Fields::cycle));
            case 13 -> new PeerRequest.AskOutlines(in.takeLong(), in.takeText());
            case 14 -> new PeerRequest.DrainNode(CommandFields.drain(in));
            case 20 -> new PeerRequest.EndClaim(ClaimFields.claim(in));
            case 22 -> new PeerRequest.PrepareList(ListFields.ballot(in));
            case 23 -> new PeerRequest.AcceptList(ListFields.proposal(in));
            case 25 -> new PeerRequest.CompareBooks(in.takeText(), in.takeLong());
            case 24 -> new PeerRequest.ExchangeLists(in.takeText(), ListFields.list(in));
            default -> throw new MalformedMessageException("unknown request " + kind);
        };
    }

    private static PeerRequest numbered(FieldReader in) {
        long epoch = in.takeLong();
        if (request(in, in.takeByte()) instanceof PeerRequest.ToArbiter inner) {
            return new PeerRequest.Numbered(epoch, inner);
        }
        throw new MalformedMessageException("a number on what is not for arbiters");
    }

    /** The answer as bytes. */
    public static byte[] encode(PeerAnswer answer) {
        var out = new FieldWriter().putByte(VERSION);
        if (answer instanceof PeerAnswer.Yielded yielded) {
            out.putByte(1).putAll(yielded.tasks(), FieldWriter::putText);
            out.putAll(yielded.handledMillis().entrySet(), Fields::handled).putAll(yielded.cycles(), Fields::cycle);
        } else if (answer instanceof PeerAnswer.Decided decided) {
            ClaimFields.decision(out.putByte(2), decided.decision());
        } else if (answer instanceof PeerAnswer.BookRead read) {
            ClaimFields.entry(
                    out.putByte(3).putFlag(read.reading().voting()),
                    read.reading().entry());
            out.putAll(read.reading().endedBoots(), ClaimFields::death);
        } else if (answer instanceof PeerAnswer.Renewed renewed) {
            out.putByte(4)
                    .putFlag(renewed.renewal().renewed())
                    .putAll(renewed.renewal().open(), ClaimFields::ref);
        } else if (answer instanceof PeerAnswer.BookCopied copied) {
            var copy = copied.copy();
            out.putByte(5).putFlag(copy.voting()).putFlag(copy.blank());
            out.putAll(copy.entries(), ClaimFields::entry).putAll(copy.deaths(), ClaimFields::death);
            ListFields.register(out.putAll(copy.verdicts(), ClaimFields::claim), copy.lists());
            out.putFlag(copy.founding());
        } else if (answer instanceof PeerAnswer.Reported reported) {
            var report = reported.report();
            out.putByte(6).putText(report.node()).putLong(report.sequence());
            out.putFlag(report.locks().ready()).putInt(report.locks().members()).putAll(report.tasks(), Fields::task);
            out.putAll(report.doubts(), Fields::doubt);
        } else if (answer instanceof PeerAnswer.Done done) {
            out.putByte(7).putFlag(done.yes());
        } else if (answer instanceof PeerAnswer.Refused refused) {
            out.putByte(8).putText(refused.reason());
        } else if (answer instanceof PeerAnswer.Outlines page) {
            out.putByte(10).putLong(page.digest()).putAll(page.outlines(), Fields::outline);
        } else if (answer instanceof PeerAnswer.LaterList later) {
            ListFields.list(out.putByte(11), later.list());
        } else if (answer instanceof PeerAnswer.BookSeen seen) {
            out.putByte(13).putLong(seen.tally());
        } else if (answer instanceof PeerAnswer.Promised promised) {
            ListFields.ballot(out.putByte(12), promised.promise().promised());
            ListFields.accepted(out, promised.promise().accepted());
        } else if (answer instanceof PeerAnswer.Commanded commanded) {
            CommandFields.outcome(out.putByte(9), commanded.outcome());
        } else {
            throw new IllegalStateException("no binary form of " + answer);
        }
        return out.toBytes();
    }

    /** The answer in these bytes. */
    public static PeerAnswer decodeAnswer(byte[] bytes) {
        return decode(bytes, PeerCodec::answer);
    }

    private static PeerAnswer answer(FieldReader in) {
        int kind = in.takeByte();
        return switch (kind) {
            case 1 ->
                new PeerAnswer.Yielded(
                        new LinkedHashSet<>(in.takeAll(FieldReader::takeText)),
                        Fields.handled(in),
                        in.takeAll(Fields::cycle));
            case 2 -> new PeerAnswer.Decided(ClaimFields.decision(in));
            case 3 ->
                new PeerAnswer.BookRead(
                        new Book.Reading(in.takeFlag(), ClaimFields.entry(in), in.takeAll(ClaimFields::death)));
            case 4 ->
                new PeerAnswer.Renewed(
                        new Book.Renewal(in.takeFlag(), new LinkedHashSet<>(in.takeAll(ClaimFields::ref))));
            case 5 ->
                new PeerAnswer.BookCopied(new Book.Copy(
                        in.takeFlag(),
                        in.takeFlag(),
                        in.takeAll(ClaimFields::entry),
                        in.takeAll(ClaimFields::death),
                        in.takeAll(ClaimFields::claim),
                        ListFields.register(in),
                        in.takeFlag()));
            case 6 ->
                new PeerAnswer.Reported(new NodeReport(
                        in.takeText(),
                        in.takeLong(),
                        new TaskLocks.Status(in.takeFlag(), in.takeInt()),
                        in.takeAll(Fields::task),
                        in.takeAll(Fields::doubt)));
            case 7 -> new PeerAnswer.Done(in.takeFlag());
            case 8 -> new PeerAnswer.Refused(in.takeText());
            case 9 -> new PeerAnswer.Commanded(CommandFields.outcome(in));
            case 10 -> new PeerAnswer.Outlines(in.takeLong(), in.takeAll(Fields::outline));
            case 11 -> new PeerAnswer.LaterList(ListFields.list(in));
            case 13 -> new PeerAnswer.BookSeen(in.takeLong());
            case 12 -> new PeerAnswer.Promised(new ListVotes.Promise(ListFields.ballot(in), ListFields.accepted(in)));
            default -> throw new MalformedMessageException("unknown answer " + kind);
        };
    }

    /** A value that its own type refuses is as malformed as bytes that are no value at all. */
    private static <T> T decode(byte[] bytes, Function<FieldReader, T> message) {
        var in = new FieldReader(bytes);
        int version = in.takeByte();
        if (version != VERSION) {
            throw new MalformedMessageException("version " + version + " instead of " + VERSION);
        }
        try {
            var value = message.apply(in);
            in.expectEnd();
            return value;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()));
        }
    }
}
