package io.rota.membership.net;

import io.rota.membership.Keyring;
import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Membership;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipException;
import io.rota.membership.MembershipView;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Real members on real sockets of the loopback interface, closed together. Confined to the test thread. */
final class LoopbackNodes implements AutoCloseable {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Map<String, Membership> running = new LinkedHashMap<>();
    private final Map<String, List<MembershipView>> published = new LinkedHashMap<>();

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    static Keyring key(int fill) {
        byte[] key = new byte[Keyring.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return Keyring.of(key);
    }

    static MembershipConfig config(String name, int port, List<Integer> seedPorts) {
        List<Seed> seeds = seedPorts.stream()
                .map(seedPort -> new Seed("", "127.0.0.1", seedPort))
                .toList();
        InetSocketAddress address = new InetSocketAddress(LOOPBACK, port);
        return new MembershipConfig("test", name, address, address, seeds, key(1), ProtocolSettings.lan());
    }

    Membership start(String name, int port, List<Integer> seedPorts) {
        return start(config(name, port, seedPorts));
    }

    Membership start(MembershipConfig config) {
        List<MembershipView> views = Collections.synchronizedList(new ArrayList<>());
        try {
            Membership started = SocketMembership.start(config, MemberMetadata.empty(), views::add);
            running.put(config.nodeName(), started);
            published.put(config.nodeName(), views);
            return started;
        } catch (MembershipException e) {
            throw new IllegalStateException(e);
        }
    }

    Membership node(String name) {
        Membership node = running.get(name);
        if (node == null) {
            throw new IllegalArgumentException(name);
        }
        return node;
    }

    List<MembershipView> published(String name) {
        return List.copyOf(published.getOrDefault(name, List.of()));
    }

    void kill(String name) {
        node(name).close();
        running.remove(name);
    }

    boolean allSee(String subject, MemberState state) {
        return running.values().stream()
                .allMatch(node -> node.view()
                        .find(subject)
                        .map(member -> member.state() == state)
                        .orElse(false));
    }

    boolean agreeOnLive(int count) {
        return running.values().stream().allMatch(node -> aliveIn(node.view()) == count)
                && running.values().stream()
                                .map(node -> node.view().hash())
                                .distinct()
                                .count()
                        == 1;
    }

    private static long aliveIn(MembershipView view) {
        return view.live().stream().map(Member::name).count();
    }

    @Override
    public void close() {
        running.values().forEach(Membership::close);
    }
}
