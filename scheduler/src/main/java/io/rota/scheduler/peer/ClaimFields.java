package io.rota.scheduler.peer;

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
import io.rota.scheduler.arbitration.Purpose;

/** The binary form of what books hold and arbiters decide, field by field in the order of their components. */
final class ClaimFields {
    private ClaimFields() {}

    static void lease(FieldWriter out, LeaseId lease) {
        out.putText(lease.node()).putLong(lease.bootId()).putInt(lease.epoch());
    }

    static LeaseId lease(FieldReader in) {
        return new LeaseId(in.takeText(), in.takeLong(), in.takeInt());
    }

    private static void purpose(FieldWriter out, Purpose purpose) {
        out.putText(purpose.kind().name())
                .putText(purpose.task())
                .putText(purpose.runId())
                .putLong(purpose.specHash())
                .putLong(purpose.occurrenceMillis())
                .putText(purpose.about())
                .putLong(purpose.askedMillis());
    }

    private static Purpose purpose(FieldReader in) {
        return new Purpose(
                in.takeEnum(ClaimKind.class),
                in.takeText(),
                in.takeText(),
                in.takeLong(),
                in.takeLong(),
                in.takeText(),
                in.takeLong());
    }

    private static void ending(FieldWriter out, Ending ending) {
        out.putText(ending.end().name())
                .putText(ending.by())
                .putText(ending.note())
                .putLong(ending.atMillis());
    }

    private static Ending ending(FieldReader in) {
        return new Ending(in.takeEnum(ClaimEnd.class), in.takeText(), in.takeText(), in.takeLong());
    }

    static void request(FieldWriter out, ClaimRequest request) {
        lease(out.putText(request.claimId()), request.lease());
        purpose(out, request.purpose());
    }

    static ClaimRequest request(FieldReader in) {
        return new ClaimRequest(in.takeText(), lease(in), purpose(in));
    }

    static void claim(FieldWriter out, Claim claim) {
        lease(out.putText(claim.claimId()).putLong(claim.token()), claim.lease());
        purpose(out, claim.purpose());
        ending(out, claim.ending());
    }

    static Claim claim(FieldReader in) {
        return new Claim(in.takeText(), in.takeLong(), lease(in), purpose(in), ending(in));
    }

    static void entry(FieldWriter out, BookEntry entry) {
        out.putAll(entry.claims(), ClaimFields::claim).putLong(entry.endedBeforeMillis());
    }

    static BookEntry entry(FieldReader in) {
        return new BookEntry(in.takeAll(ClaimFields::claim), in.takeLong());
    }

    static void death(FieldWriter out, DeathWord word) {
        out.putText(word.node()).putLong(word.bootId());
    }

    static DeathWord death(FieldReader in) {
        return new DeathWord(in.takeText(), in.takeLong());
    }

    static void ref(FieldWriter out, Book.ClaimRef ref) {
        out.putText(ref.task()).putText(ref.claimId());
    }

    static Book.ClaimRef ref(FieldReader in) {
        return new Book.ClaimRef(in.takeText(), in.takeText());
    }

    static void decision(FieldWriter out, ClaimDecision decision) {
        if (decision instanceof ClaimDecision.Granted granted) {
            out.putByte(1).putLong(granted.token()).putFlag(granted.underLock());
        } else if (decision instanceof ClaimDecision.Held held) {
            out.putByte(2).putText(held.reason());
        } else if (decision instanceof ClaimDecision.Unavailable unavailable) {
            out.putByte(3).putText(unavailable.reason());
        } else if (decision instanceof ClaimDecision.InDoubt inDoubt) {
            claim(out.putByte(4), inDoubt.doubt().intent());
            ending(out.putText(inDoubt.doubt().stage().name()), inDoubt.doubt().finding());
        } else if (decision instanceof ClaimDecision.Settled settled) {
            ending(out.putByte(5).putLong(settled.endedMillis()), settled.lastWord());
        } else {
            throw new IllegalStateException("no binary form of " + decision);
        }
    }

    static ClaimDecision decision(FieldReader in) {
        int kind = in.takeByte();
        return switch (kind) {
            case 1 -> new ClaimDecision.Granted(in.takeLong(), in.takeFlag());
            case 2 -> new ClaimDecision.Held(in.takeText());
            case 3 -> new ClaimDecision.Unavailable(in.takeText());
            case 4 -> new ClaimDecision.InDoubt(new Doubt(claim(in), in.takeEnum(Doubt.Stage.class), ending(in)));
            case 5 -> new ClaimDecision.Settled(in.takeLong(), ending(in));
            default -> throw new MalformedMessageException("unknown decision " + kind);
        };
    }
}
