package io.rota.torture.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One network namespace a node, joined by a bridge in a namespace of its own. The bridge drops what the sets {@code cut}
 * and {@code lossy} name; nothing of it is seen outside. Needs root, iproute2 and nftables. Thread-safe after its start.
 */
public final class Namespaces implements Network {
    private static final int FIRST_PORT = 7700;
    private static final int LOSS_PERCENT = 30;

    private final String prefix;
    private final int nodes;
    private final boolean controlGroups;

    private Namespaces(String prefix, int nodes, boolean controlGroups) {
        this.prefix = prefix;
        this.nodes = nodes;
        this.controlGroups = controlGroups;
    }

    /** Empty if namespaces can be made here, else why not. */
    public static String obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "network namespaces need root";
        }
        for (var program : List.of("ip", "nft", "tc")) {
            if (!Commands.works(List.of("which", program))) {
                return program + " is missing (Debian: apt-get install iproute2 nftables)";
            }
        }
        var trial = "rt-trial-" + ProcessHandle.current().pid();
        if (!Commands.works(List.of("ip", "netns", "add", trial))) {
            return "this system lets nobody make a network namespace";
        }
        boolean bridge = Commands.works(List.of("ip", "-n", trial, "link", "add", "br0", "type", "bridge"))
                && Commands.works(List.of(
                        "ip",
                        "netns",
                        "exec",
                        trial,
                        "nft",
                        "add table bridge f; add set bridge f a { type ifname; }"));
        Commands.works(List.of("ip", "netns", "del", trial));
        return bridge ? "" : "this kernel has no bridge or no nftables";
    }

    /**
     * Makes them.
     *
     * @param prefix begins every name, unlike that of any other run
     * @param controlGroups true if nodes are to see the machine's control groups, as they do outside of a namespace; else
     *     they hold their tasks by process group and mark
     */
    public static Namespaces create(String prefix, int nodes, boolean controlGroups) throws IOException {
        var made = new Namespaces(prefix, nodes, controlGroups);
        try {
            made.build();
        } catch (IOException e) {
            made.close();
            throw e;
        }
        return made;
    }

    private void build() throws IOException {
        var ip = new ArrayList<String>();
        ip.add("netns add " + hub());
        IntStream.range(0, nodes).forEach(node -> ip.add("netns add " + name(node)));
        batch(List.of("ip", "-batch", "-"), ip);
        var links = new ArrayList<String>();
        links.add("link add br0 type bridge");
        links.add("link set br0 up");
        for (int node = 0; node < nodes; node++) {
            links.add("link add " + port(node) + " type veth peer name eth0 netns " + name(node));
            links.add("link set " + port(node) + " master br0 up");
        }
        batch(List.of("ip", "-n", hub(), "-batch", "-"), links);
        for (int node = 0; node < nodes; node++) {
            batch(
                    List.of("ip", "-n", name(node), "-batch", "-"),
                    List.of("addr add " + address(node) + "/24 dev eth0", "link set lo up", "link set eth0 up"));
        }
        nft("""
                table bridge f {
                  set cut { type ifname . ifname; }
                  set lossy { type ifname . ifname; }
                  chain between {
                    type filter hook forward priority 0; policy accept;
                    iifname . oifname @cut drop
                    iifname . oifname @lossy numgen random mod 100 < %d drop
                  }
                }
                """.formatted(LOSS_PERCENT));
    }

    private static void batch(List<String> argv, List<String> lines) throws IOException {
        Commands.run(argv, String.join("\n", lines) + "\n");
    }

    private void nft(String script) throws IOException {
        Commands.run(List.of("ip", "netns", "exec", hub(), "nft", "-f", "-"), script);
    }

    private String hub() {
        return prefix + "sw";
    }

    private String name(int node) {
        return prefix + "n" + (node + 1);
    }

    private static String port(int node) {
        return "p" + (node + 1);
    }

    @Override
    public String address(int node) {
        return "10.77.0." + (node + 1);
    }

    @Override
    public int firstPort(int node) {
        return FIRST_PORT;
    }

    @Override
    public List<String> inside(int node, List<String> argv) {
        // The first hides /sys, and with it the control groups.
        var whole = new ArrayList<>(
                controlGroups
                        ? List.of("nsenter", "--net=/run/netns/" + name(node))
                        : List.of("ip", "netns", "exec", name(node)));
        whole.addAll(argv);
        return whole;
    }

    @Override
    public boolean hasFaults() {
        return true;
    }

    @Override
    public String describe() {
        return "one network namespace a node, 10.77.0.1 to 10.77.0." + nodes + ", joined by a bridge";
    }

    @Override
    public void cut(Collection<Link> links) throws IOException {
        fill("cut", links);
    }

    @Override
    public void lose(Collection<Link> links) throws IOException {
        fill("lossy", links);
    }

    private void fill(String set, Collection<Link> links) throws IOException {
        var script = "flush set bridge f " + set + "\n";
        if (!links.isEmpty()) {
            var pairs = links.stream()
                    .map(link -> "\"" + port(link.from()) + "\" . \"" + port(link.to()) + "\"")
                    .collect(Collectors.joining(", "));
            script += "add element bridge f " + set + " { " + pairs + " }\n";
        }
        nft(script);
    }

    @Override
    public void slow(int node, boolean on) throws IOException {
        var change = on
                ? List.of("tc", "-n", name(node), "qdisc", "add", "dev", "eth0", "root", "tbf", "rate", "64kbit")
                : List.of("tc", "-n", name(node), "qdisc", "del", "dev", "eth0", "root");
        var argv = new ArrayList<>(change);
        if (on) {
            argv.addAll(List.of("burst", "2kb", "latency", "2000ms"));
        }
        Commands.run(argv);
    }

    @Override
    public void close() {
        for (int node = 0; node < nodes; node++) {
            Commands.works(List.of("ip", "netns", "del", name(node)));
        }
        Commands.works(List.of("ip", "netns", "del", hub()));
    }
}
