package io.rota.node;

import io.rota.node.config.NodeConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback interface that nobody uses, for a while: they lie below those that the kernel gives to outgoing
 * connections, each test JVM has a range of its own, and none comes twice before the range is used up.
 */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int RANGE = 10_000;
    private static final int FORKS = 2;

    private static final int BASE = FIRST + RANGE * Math.floorMod(Integer.getInteger("rota.test.fork", 1), FORKS);
    private static final AtomicInteger NEXT =
            new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * 101, RANGE));

    private FreePorts() {}

    /** Free for TCP and UDP. */
    public static List<Integer> find(int count) throws IOException {
        var ports = new ArrayList<Integer>();
        for (int tries = 0; ports.size() < count; tries++) {
            if (tries == RANGE) {
                throw new IOException("no " + count + " free ports from " + BASE + " on");
            }
            int port = BASE + Math.floorMod(NEXT.getAndIncrement(), RANGE);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        var loopback = InetAddress.getLoopbackAddress();
        try (var tcp = new ServerSocket(port, 1, loopback);
                var udp = new DatagramSocket(port, loopback)) {
            return tcp.isBound() && udp.isBound();
        } catch (IOException e) {
            return false;
        }
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
