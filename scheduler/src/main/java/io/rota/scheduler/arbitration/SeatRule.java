package io.rota.scheduler.arbitration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a book that does not vote may begin to: the rules of docs/model, claims.tla for an emptied book and arbiters.tla for
 * that of a new arbiter. Pure.
 */
public final class SeatRule {
    private SeatRule() {}

    /** What is to be done. */
    public sealed interface Step {
        /** Nothing yet; why, for a person. */
        record Wait(String why) implements Step {}

        /** Nothing was ever written anywhere: it votes under the first list. */
        record VoteAsNew(ArbiterList first) implements Step {}

        /** It takes these over, then votes. */
        record Refill(List<Book.Copy> copies) implements Step {}
    }

    /**
     * What to do.
     *
     * @param self the arbiter whose book it is
     * @param present the list that the book serves; of number 0 if nobody knows of one
     * @param copies what other books have answered lately, by arbiter
     * @param waited true once every lease and every claim decision from before the start of this life is over
     */
    public static Step next(String self, ArbiterList present, Map<String, Book.Copy> copies, boolean waited) {
        if (!present.contains(self)) {
            return new Step.Wait(self + " is not an arbiter");
        }
        var others = new TreeMap<>(copies);
        others.remove(self);
        if (present.isNew(self)) {
            // It has never answered anybody, so that there is nothing to wait for.
            var founding = from(others, present.before(), present).stream()
                    .filter(Book.Copy::founding)
                    .toList();
            if (founding.size() > present.before().size() / 2) {
                return new Step.Refill(founding);
            }
        }
        if (!waited) {
            return new Step.Wait("what was granted before its start may still run");
        }
        if (isAllBlank(self, present, others)) {
            return new Step.VoteAsNew(ArbiterList.first(present.names()));
        }
        var voting = from(others, present.names(), present);
        if (present.epoch() > 0 && voting.size() >= present.majority()) {
            return new Step.Refill(voting);
        }
        return new Step.Wait("fewer than " + present.majority() + " other books vote under list " + present.epoch());
    }

    /** Whether a book that was read back from disk is what it was. */
    public enum Trust {
        /** Too few of the others have said how far they have seen it. */
        UNKNOWN,
        /** It holds all that it has ever accepted, as far as the others know. */
        WHOLE,
        /** One of the others has seen it further on: it was put back from an old copy, or its disk has lost something. */
        OLDER
    }

    /**
     * Compares a book with what the others remember of it.
     *
     * @param tally of the book
     * @param seenByOthers how far each of the others that have answered has seen it
     */
    public static Trust trust(ArbiterList present, long tally, Map<String, Long> seenByOthers) {
        if (seenByOthers.values().stream().anyMatch(seen -> seen > tally)) {
            return Trust.OLDER;
        }
        long answered = seenByOthers.keySet().stream().filter(present::contains).count();
        // Without so many others it could not decide anything anyway.
        return answered >= present.majority() - 1 ? Trust.WHOLE : Trust.UNKNOWN;
    }

    private static List<Book.Copy> from(Map<String, Book.Copy> copies, List<String> names, ArbiterList present) {
        return copies.entrySet().stream()
                .filter(copy -> names.contains(copy.getKey()))
                .map(Map.Entry::getValue)
                .filter(copy -> copy.voting() && copy.lists().list().epoch() == present.epoch())
                .toList();
    }

    /** Every other listed book says that nothing was ever written to it, and they agree on who is listed. */
    private static boolean isAllBlank(String self, ArbiterList present, Map<String, Book.Copy> others) {
        return present.epoch() <= 1
                && present.names().stream()
                        .filter(name -> !name.equals(self))
                        .allMatch(name -> others.containsKey(name)
                                && others.get(name).blank()
                                && others.get(name).lists().list().epoch() <= 1)
                && others.values().stream()
                        .allMatch(copy -> copy.lists().list().names().equals(present.names()));
    }
}
