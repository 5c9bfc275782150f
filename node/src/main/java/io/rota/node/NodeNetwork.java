package io.rota.node;

import io.rota.membership.Keyring;
import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import io.rota.node.config.ClusterKey;
import io.rota.node.config.NodeConfig;
import io.rota.node.peer.ArbiterDial;
import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.hazelcast.HazelcastSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses, keys and identity of a node, worked out from its config. Thread-safe. */
final class NodeNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(NodeNetwork.class);

    private final NodeConfig config;
    private final ClusterKey key;
    private final String softwareVersion;
    private final ClusterIdentity identity;

    NodeNetwork(NodeConfig config, String softwareVersion) {
        this.config = config;
        this.key = config.key().orElseGet(ClusterKey::insecure);
        this.softwareVersion = softwareVersion;
        this.identity =
                new ClusterIdentity(keys(), config.clusterName(), config.node().name());
    }

    private Keyring keys() {
        return Keyring.of(key.bytes());
    }

    /** Who this node is to the others. */
    ClusterIdentity identity() {
        return identity;
    }

    InetSocketAddress peerBind() {
        return new InetSocketAddress(config.node().bind(), config.node().ports().peer());
    }

    /**
     * The admin page opens last, since it shows the rest; that its port is taken had better be known first.
     *
     * @throws IOException with the remedy if the port is taken
     */
    void requireFreeAdminPort() throws IOException {
        int adminPort = config.node().ports().admin();
        try (var probe = new ServerSocket(adminPort, 1, InetAddress.getLoopbackAddress())) {
            LOG.debug("admin port is free port={}", probe.getLocalPort());
        } catch (BindException e) {
            throw new IOException(
                    "admin port " + adminPort + " on 127.0.0.1 cannot be used (" + e.getMessage()
                            + "): is another node running here? set node.admin_port",
                    e);
        }
    }

    MembershipConfig membership() {
        var node = config.node();
        return new MembershipConfig(
                config.clusterName(),
                node.name(),
                new InetSocketAddress(node.bind(), node.ports().gossip()),
                new InetSocketAddress(node.advertise(), node.ports().gossip()),
                config.seeds(),
                keys(),
                ProtocolSettings.lan());
    }

    /** What this node tells the others of itself. */
    MemberMetadata metadata(Participation participation, TaskFile file) {
        var node = config.node();
        return new MemberMetadata(
                node.advertise() + ":" + node.ports().peer(),
                "127.0.0.1:" + node.ports().admin(),
                config.arbiters().contains(node.name())
                        ? node.advertise() + ":" + node.ports().peer()
                        : "",
                node.tags(),
                node.weightMilli(),
                Math.max(1, node.slots().total()),
                participation,
                softwareVersion,
                file.revision(),
                file.digest(),
                true);
    }

    /** @param members size of the CP group */
    HazelcastSettings hazelcast(int members, Supplier<ArbiterList> list, Supplier<MembershipView> view) {
        return new HazelcastSettings(
                config.clusterName(),
                new InetSocketAddress(
                        config.node().advertise(), config.node().ports().peer()),
                members,
                () -> List.copyOf(arbiters(view.get().live(), list.get()).values()),
                address -> arbiters(view.get().members(), list.get()).containsValue(address),
                new ArbiterDial(identity, address -> nameAt(arbiters(view.get().live(), list.get()), address)));
    }

    private static Optional<String> nameAt(Map<String, InetSocketAddress> arbiters, InetSocketAddress address) {
        return arbiters.entrySet().stream()
                .filter(arbiter -> arbiter.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Addresses of those of these members that are arbiters, by name. */
    private static Map<String, InetSocketAddress> arbiters(Collection<Member> members, ArbiterList list) {
        var addresses = new TreeMap<String, InetSocketAddress>();
        for (var member : members) {
            var text = member.metadata().peerAddress();
            if (list.contains(member.name()) && !text.isEmpty()) {
                int colon = text.lastIndexOf(':');
                addresses.put(
                        member.name(),
                        new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1))));
            }
        }
        return addresses;
    }

    /** Peer address of a member that is not known to be gone. */
    Optional<String> peerAddress(MembershipView view, String member) {
        return view.find(member)
                .filter(found -> found.state().isLive())
                .map(found -> found.metadata().peerAddress());
    }

    /** Who is to hear a guard's word: every live member, this node too, which hears those on its earlier boots. */
    Map<String, String> peersForGuard(MembershipView view) {
        var addresses = new TreeMap<String, String>();
        view.live().stream()
                .filter(member -> !member.metadata().peerAddress().isEmpty())
                .forEach(
                        member -> addresses.put(member.name(), member.metadata().peerAddress()));
        return addresses;
    }

    /** What the guard must know and argv must not show. */
    Map<String, String> guardEnvironment() {
        return Map.of(GuardCommandLine.KEY_VARIABLE, key.toBase64());
    }
}
