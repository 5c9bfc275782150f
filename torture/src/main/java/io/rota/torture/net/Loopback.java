package io.rota.torture.net;

import java.util.Collection;
import java.util.List;

/** All nodes on this machine's loopback, each with ports of its own: nothing can be done to the links. Immutable. */
public final class Loopback implements Network {
    private static final int FIRST_PORT = 17_700;
    private static final int PORTS_PER_NODE = 10;

    @Override
    public String address(int node) {
        return "127.0.0.1";
    }

    @Override
    public int firstPort(int node) {
        return FIRST_PORT + node * PORTS_PER_NODE;
    }

    @Override
    public List<String> inside(int node, List<String> argv) {
        return List.copyOf(argv);
    }

    @Override
    public boolean hasFaults() {
        return false;
    }

    @Override
    public String describe() {
        return "the loopback of one machine, no faults of the network";
    }

    @Override
    public void cut(Collection<Link> links) {
        refuse();
    }

    @Override
    public void lose(Collection<Link> links) {
        refuse();
    }

    @Override
    public void slow(int node, boolean on) {
        refuse();
    }

    private static void refuse() {
        throw new UnsupportedOperationException("loopback has no links to harm");
    }

    @Override
    public void close() {
        // Nothing was made.
    }
}
