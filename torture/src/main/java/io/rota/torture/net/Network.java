package io.rota.torture.net;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Where the nodes live, by number from 0. An implementation says what it can do to the links between them. */
public interface Network extends AutoCloseable {
    /** The address a node is reached at by the others. */
    String address(int node);

    /** First of the node's four ports: gossip, peer, admin, arbiter. */
    int firstPort(int node);

    /** argv that runs the given argv where the node lives; the pid is that of the program. */
    List<String> inside(int node, List<String> argv);

    /** True if links can be cut, made lossy and slow. */
    boolean hasFaults();

    /** One sentence about it for the report. */
    String describe();

    /** From now on exactly these links drop everything. */
    void cut(Collection<Link> links) throws IOException;

    /** From now on exactly these links lose three packets of ten. */
    void lose(Collection<Link> links) throws IOException;

    /** Limits what a node sends to 64 kbit/s, with a queue of up to two seconds; or lifts the limit. */
    void slow(int node, boolean on) throws IOException;

    /** Takes everything away again; does not throw. */
    @Override
    void close();

    /** One direction of a pair of nodes. */
    record Link(int from, int to) {}
}
