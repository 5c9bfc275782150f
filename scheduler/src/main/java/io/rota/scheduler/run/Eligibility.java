package io.rota.scheduler.run;

import io.rota.hashing.TagSelector;
import io.rota.membership.Member;
import io.rota.membership.Participation;
import java.util.ArrayList;
import java.util.Optional;

/** Says why no node may run a task. Pure. */
final class Eligibility {
    private Eligibility() {}

    /** One sentence about each live member that carries the task's tags and yet does not take it. */
    static String whyNobody(ClusterRing ring, String task) {
        return whyNobody(ring, task, "");
    }

    /** @param without a member that is to be passed over: the question is why no other may run the task */
    static String whyNobody(ClusterRing ring, String task, String without) {
        var selector = ring.selectorOf(task);
        var hindered = new ArrayList<String>();
        for (var member : ring.view().live()) {
            if (!member.name().equals(without) && selector.admits(ring.ringNode(member))) {
                hindrance(member).ifPresent(why -> hindered.add(member.name() + " " + why));
            }
        }
        var other = without.isEmpty() ? "" : "other ";
        return "no " + other + "live node is eligible: "
                + (hindered.isEmpty() ? noneCarries(selector) : String.join(", ", hindered));
    }

    private static String noneCarries(TagSelector selector) {
        return selector.required().isEmpty() ? "there is none" : "none carries its tags " + selector;
    }

    private static Optional<String> hindrance(Member member) {
        var metadata = member.metadata();
        if (metadata.participation() == Participation.DRAINING) {
            return Optional.of("is draining");
        }
        if (metadata.participation() == Participation.JOINING) {
            return Optional.of("has not joined yet");
        }
        if (!metadata.healthy()) {
            return Optional.of("is not healthy");
        }
        return metadata.weightMilli() == 0 ? Optional.of("has weight 0") : Optional.empty();
    }
}
