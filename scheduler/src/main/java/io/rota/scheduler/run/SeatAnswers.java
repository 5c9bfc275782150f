package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;

/** What a node with a seat answers to requests for arbiters: each under its own number alone. */
final class SeatAnswers {
    private SeatAnswers() {}

    static PeerAnswer of(ArbiterSeat seat, PeerRequest request) {
        var book = seat.book();
        if (request instanceof PeerRequest.CopyBook copy) {
            return new PeerAnswer.BookCopied(book.copy(copy.asker(), copy.life()));
        }
        if (request instanceof PeerRequest.CompareBooks compare) {
            long seen = book.seen(compare.from());
            book.see(compare.from(), compare.tally());
            return new PeerAnswer.BookSeen(seen);
        }
        if (!(request instanceof PeerRequest.Numbered numbered)) {
            return new PeerAnswer.Refused("the request bears no number of a list of arbiters");
        }
        return seat.isOf(numbered.epoch()) && numbered.request() instanceof PeerRequest.AskClaim ask
                ? new PeerAnswer.Decided(seat.arbiter().decide(ask.claim()))
                : ofBook(book, numbered);
    }

    private static PeerAnswer ofBook(Book book, PeerRequest.Numbered numbered) {
        return book.serve(numbered.epoch(), served -> ofBook(served, numbered.request()))
                .orElseGet(() -> new PeerAnswer.LaterList(book.lists().list()));
    }

    private static PeerAnswer ofBook(Book book, PeerRequest.ToArbiter request) {
        if (request instanceof PeerRequest.ReadBook read) {
            return new PeerAnswer.BookRead(book.read(read.task()));
        }
        if (request instanceof PeerRequest.WriteBook write) {
            return new PeerAnswer.Done(book.write(write.expected(), write.next()));
        }
        if (request instanceof PeerRequest.ReleaseClaim release) {
            return new PeerAnswer.Done(book.release(release.task(), release.claimId()));
        }
        if (request instanceof PeerRequest.EndClaim end) {
            return new PeerAnswer.Done(book.end(end.ended()));
        }
        if (request instanceof PeerRequest.RenewLease renew) {
            return new PeerAnswer.Renewed(book.renew(renew.lease(), System.nanoTime()));
        }
        if (request instanceof PeerRequest.RevokeLease revoke) {
            return new PeerAnswer.Done(book.revoke(revoke.lease(), System.nanoTime()));
        }
        if (request instanceof PeerRequest.PrepareList prepare) {
            return book.prepare(prepare.ballot())
                    .<PeerAnswer>map(PeerAnswer.Promised::new)
                    .orElseGet(() -> new PeerAnswer.Refused("the book does not vote"));
        }
        if (request instanceof PeerRequest.AcceptList accept) {
            return new PeerAnswer.Done(book.accept(accept.proposal()));
        }
        if (request instanceof PeerRequest.AskClaim) {
            // The book has moved on between two looks at its number.
            return new PeerAnswer.Refused("the list of arbiters is being changed");
        }
        throw new IllegalStateException("nobody answers " + request);
    }
}
