package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.membership.Keyring;
import io.rota.node.peer.PeerClient;
import io.rota.node.peer.PeerServer;
import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.guard.KeptWords;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words over real sockets: kept until a majority of the arbiters has said yes, whoever else has. */
final class WordDeliveryIT {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final DeathWord WORD = new DeathWord("n9", 9);
    private static final List<String> ARBITERS = List.of("a", "b", "c");

    private final Keyring keys = Keyring.of(new byte[32]);
    private final Map<String, String> addresses = new HashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> willing = ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path dir = Path.of("");

    private KeptWords words;
    private PeerClient client;
    private WordDelivery delivery;

    WordDeliveryIT() {}

    @BeforeEach
    void start() throws IOException {
        var ports = FreePorts.find(4);
        var names = List.of("a", "b", "c", "worker");
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(i));
            open.add(PeerServer.start(
                    address,
                    new ClusterIdentity(keys, "test", name),
                    ARBITERS::contains,
                    request -> answer(name, request)));
            addresses.put(name, "127.0.0.1:" + ports.get(i));
        }
        words = new KeptWords(dir);
        client = new PeerClient(new ClusterIdentity(keys, "test", "n9"), member -> Optional.empty());
        open.add(client);
        delivery = new WordDelivery(client, ARBITERS, words);
    }

    @AfterEach
    void end() throws Exception {
        for (var part : open) {
            part.close();
        }
    }

    private PeerAnswer answer(String name, PeerRequest request) {
        assertThat(request).isEqualTo(new PeerRequest.TellDeath(WORD));
        told.add(name);
        return willing.contains(name) ? new PeerAnswer.Done(true) : new PeerAnswer.Refused("the node is starting");
    }

    @Test
    void wordIsKeptUntilAMajorityOfTheArbitersHasTakenIt() throws IOException {
        words.keep(WORD);
        willing.addAll(Set.of("a", "worker"));
        await().atMost(WAIT).until(() -> tellAnd(told.containsAll(addresses.keySet())));
        await().during(Duration.ofMillis(500))
                .atMost(WAIT)
                .until(() -> tellAnd(!words.all().isEmpty()));
        assertThat(delivery.isDone()).isFalse();

        willing.add("c");

        await().atMost(WAIT).until(() -> tellAnd(words.all().isEmpty()));
        assertThat(delivery.isDone()).isTrue();
    }

    @Test
    void anotherGuardTellsWhatThisOneCouldNot() throws IOException {
        words.keep(WORD);
        delivery.tell(Map.of());
        willing.addAll(ARBITERS);

        var next = new WordDelivery(client, ARBITERS, new KeptWords(dir));

        await().atMost(WAIT).until(() -> {
            next.tell(addresses);
            return words.all().isEmpty();
        });
    }

    @Test
    void wordForAllGoesToThoseWhoAreNoArbitersTooAndNeedsNoDisk() {
        delivery.toAll(WORD);
        willing.addAll(addresses.keySet());

        await().atMost(WAIT).until(() -> tellAnd(delivery.isHeardByAll(WORD, addresses.keySet())));
        assertThat(delivery.isDone()).isTrue();
    }

    private boolean tellAnd(boolean condition) {
        delivery.tell(addresses);
        return condition;
    }
}
