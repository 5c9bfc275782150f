package io.rota.benchmarks;

import java.util.List;

/** One way to say which node owns which key. */
interface Scheme {

    String name();

    /** Whether two nodes that know the same set of members compute the same map, whatever happened before. */
    boolean isFunctionOfTheSet();

    Owners build(List<String> nodes, List<String> keys);

    /** The map at one moment; a change answers the map after it, and the old one must not be used any more. */
    interface Owners {

        String ownerOf(String key);

        Owners leave(String node);

        Owners join(String node);
    }
}
