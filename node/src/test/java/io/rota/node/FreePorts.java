package io.rota.node;

import io.rota.node.config.NodeConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface that nobody uses. */
public final class FreePorts {
    private FreePorts() {}

    /** All are looked for before any is let go, so that none is found twice. */
    public static List<Integer> find(int count) throws IOException {
        var probes = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            probes.add(probe);
            ports.add(probe.getLocalPort());
        }
        for (var probe : probes) {
            probe.close();
        }
        return ports;
    }

    static NodeConfig.Ports forNode() throws IOException {
        var ports = find(3);
        return new NodeConfig.Ports(ports.get(0), ports.get(1), ports.get(2));
    }

    /** True if all that a node opens can be opened by another now. */
    static boolean areFree(NodeConfig.Ports ports) {
        var loopback = InetAddress.getLoopbackAddress();
        for (int port : List.of(ports.gossip(), ports.peer(), ports.admin())) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(loopback, port));
            } catch (IOException e) {
                return false;
            }
        }
        try (var socket = new DatagramSocket(ports.gossip(), loopback)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
