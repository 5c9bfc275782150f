package io.rota.adminui;

import io.rota.scheduler.view.RingView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ring that is good enough to look at: 1024 positions a node, no bounded load. Pure. */
final class DemoRing {
    private static final int POSITIONS = 1024;

    private DemoRing() {}

    private record Token(int position, int node) {}

    static RingView of(String viewHash, Collection<String> nodeNames, Collection<String> taskNames) {
        var names = nodeNames.stream().sorted().toList();
        var tokens = tokens(names);
        if (tokens.isEmpty()) {
            var homeless = taskNames.stream()
                    .map(task -> new RingView.Task(task, position(task), "", List.of()))
                    .toList();
            return new RingView(viewHash, List.of(), List.of(), homeless);
        }
        var tasks = taskNames.stream()
                .sorted()
                .map(task -> place(task, names, tokens))
                .toList();
        return new RingView(viewHash, nodes(names, tokens, tasks), arcs(tokens), tasks);
    }

    private static List<Token> tokens(List<String> names) {
        var byPosition = new TreeMap<Integer, Integer>();
        for (int node = 0; node < names.size(); node++) {
            for (int i = 0; i < POSITIONS; i++) {
                byPosition.putIfAbsent(position(names.get(node) + "/" + i), node);
            }
        }
        return byPosition.entrySet().stream()
                .map(entry -> new Token(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A key belongs to the first token at or after it, so an arc ends at its owner's token. */
    private static List<Integer> arcs(List<Token> tokens) {
        var arcs = new ArrayList<Integer>();
        int start = 0;
        int owner = tokens.get(0).node();
        arcs.add(start);
        arcs.add(owner);
        for (int i = 0; i < tokens.size(); i++) {
            int next = tokens.get((i + 1) % tokens.size()).node();
            if (next != owner) {
                arcs.add(tokens.get(i).position() + 1);
                arcs.add(next);
                owner = next;
            }
        }
        return arcs;
    }

    private static RingView.Task place(String task, List<String> names, List<Token> tokens) {
        int at = position(task);
        int first = 0;
        while (first < tokens.size() && tokens.get(first).position() < at) {
            first++;
        }
        var order = new LinkedHashSet<String>();
        for (int i = 0; i < tokens.size() && order.size() < 3; i++) {
            order.add(names.get(tokens.get((first + i) % tokens.size()).node()));
        }
        var list = List.copyOf(order);
        return new RingView.Task(task, at, list.get(0), list.subList(1, list.size()));
    }

    private static List<RingView.Node> nodes(List<String> names, List<Token> tokens, List<RingView.Task> tasks) {
        var share = new int[names.size()];
        int previous = tokens.get(tokens.size() - 1).position() - 65_536;
        for (var token : tokens) {
            share[token.node()] += token.position() - previous;
            previous = token.position();
        }
        var owned = new TreeMap<String, Integer>();
        tasks.forEach(task -> owned.merge(task.owner(), 1, Integer::sum));
        return names.stream()
                .map(name -> node(name, share[names.indexOf(name)], owned, tasks.size() / names.size() + 2))
                .sorted(Comparator.comparing(RingView.Node::name))
                .toList();
    }

    private static RingView.Node node(String name, int share, Map<String, Integer> owned, int cap) {
        return new RingView.Node(name, 1000, POSITIONS, share * 1000 / 65_536, owned.getOrDefault(name, 0), cap);
    }

    private static int position(String key) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            h = (h ^ key.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return (int) ((h ^ (h >>> 31)) >>> 48);
    }
}
