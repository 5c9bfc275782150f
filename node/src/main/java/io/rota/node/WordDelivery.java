package io.rota.node;

import io.rota.node.peer.PeerClient;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.guard.KeptWords;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the members the words that are kept, over the sealed peer API, until a majority of the arbiters has taken each:
 * only then is it forgotten here. Thread-safe.
 */
final class WordDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(WordDelivery.class);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(1);

    private final PeerClient peers;
    private final List<String> arbiters;
    private final KeptWords words;
    private final Set<DeathWord> forAll = ConcurrentHashMap.newKeySet();
    private final Map<DeathWord, Set<String>> heardBy = new ConcurrentHashMap<>();

    WordDelivery(PeerClient peers, List<String> arbiters, KeptWords words) {
        this.peers = peers;
        this.arbiters = List.copyOf(arbiters);
        this.words = words;
    }

    /** This word goes to every member, also once the arbiters have it. */
    void toAll(DeathWord word) {
        forAll.add(word);
    }

    /** Tells each word once to each of these who has not said that it has heard it; returns at once. */
    void tell(Map<String, String> addresses) {
        var words = new LinkedHashSet<>(kept());
        words.addAll(forAll);
        for (var word : words) {
            var heard = heardBy.computeIfAbsent(word, unheard -> ConcurrentHashMap.newKeySet());
            addresses.forEach((name, address) -> {
                if (!heard.contains(name)) {
                    peers.send(
                            name,
                            address,
                            new PeerRequest.TellDeath(word),
                            CALL_LIMIT,
                            answer -> answer.filter(WordDelivery::isYes).ifPresent(yes -> onHeard(word, name)));
                }
            });
        }
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
