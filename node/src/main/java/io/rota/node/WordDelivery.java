package io.rota.node;

import io.rota.node.peer.PeerClient;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.guard.KeptWords;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the members the words that are kept, over the peer API, until a majority of the arbiters has taken each:
 * only then is it forgotten here. Thread-safe.
 */
final class WordDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(WordDelivery.class);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(1);

    /** Calls to others than arbiters at once: each may cost a new connection, and a guard is small. */
    private static final int MOST_AT_ONCE = 32;

    private final PeerClient peers;
    private final List<String> arbiters;
    private final KeptWords words;
    private final Set<DeathWord> forAll = ConcurrentHashMap.newKeySet();
    private final Map<DeathWord, Set<String>> heardBy = new ConcurrentHashMap<>();

    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

    private record Call(DeathWord word, String name) {}

    WordDelivery(PeerClient peers, List<String> arbiters, KeptWords words) {
        this.peers = peers;
        this.arbiters = List.copyOf(arbiters);
        this.words = words;
    }

    /** This word goes to every member, also once the arbiters have it. */
    void toAll(DeathWord word) {
        forAll.add(word);
    }

    /**
     * Tells each word to those of these who have not said that they have heard it, the arbiters first, some at a time;
     * returns at once. To be called again and again.
     */
    void tell(Map<String, String> addresses) {
        var words = new LinkedHashSet<>(kept());
        words.addAll(forAll);
        var names = new ArrayList<>(addresses.keySet());
        names.sort(
                Comparator.comparing((String name) -> !arbiters.contains(name)).thenComparing(name -> name));
        for (var word : words) {
            var heard = heardBy.computeIfAbsent(word, unheard -> ConcurrentHashMap.newKeySet());
            for (var name : names) {
                var call = new Call(word, name);
                boolean free = arbiters.contains(name) || underWay.size() < MOST_AT_ONCE;
                if (!heard.contains(name) && free && underWay.add(call)) {
                    send(call, addresses.getOrDefault(name, ""));
                }
            }
        }
    }

    private void send(Call call, String address) {
        peers.send(call.name(), address, new PeerRequest.TellDeath(call.word()), CALL_LIMIT, answer -> {
            underWay.remove(call);
            answer.filter(WordDelivery::isYes).ifPresent(yes -> onHeard(call.word(), call.name()));
        });
    }

    private void onHeard(DeathWord word, String name) {
        boolean first = heardBy.computeIfAbsent(word, unheard -> ConcurrentHashMap.newKeySet())
                .add(name);
        if (first && arbiters.contains(name) && isTaken(word)) {
            forget(word);
        }
    }

    /** True if a majority of the arbiters has the word. */
    private boolean isTaken(DeathWord word) {
        var heard = heardBy.getOrDefault(word, Set.of());
        return arbiters.stream().filter(heard::contains).count() > arbiters.size() / 2;
    }

    private void forget(DeathWord word) {
        try {
            words.taken(word);
            LOG.info(
                    "a majority of the arbiters has taken the word node={} boot={}",
                    word.node(),
                    Long.toHexString(word.bootId()));
        } catch (IOException e) {
            LOG.warn("a word that was taken cannot be forgotten and will be told again: {}", e.toString());
        }
    }

    /** True if all of these have heard this word. */
    boolean isHeardByAll(DeathWord word, Set<String> names) {
        return heardBy.getOrDefault(word, Set.of()).containsAll(names);
    }

    /** True if no word waits for a majority. */
    boolean isDone() {
        return forAll.stream().allMatch(this::isTaken) && kept().stream().allMatch(this::isTaken);
    }

    private List<DeathWord> kept() {
        try {
            return words.all();
        } catch (IOException e) {
            LOG.warn("the kept words cannot be read now: {}", e.toString());
            return List.of();
        }
    }

    private static boolean isYes(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Done done && done.yes();
    }
}
