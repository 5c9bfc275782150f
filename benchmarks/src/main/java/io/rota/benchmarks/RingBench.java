package io.rota.benchmarks;

import java.util.List;

/** Prints every table in one run. Arguments choose sections: side, quality, speed; none means all. */
public final class RingBench {
    private RingBench() {}

    public static void main(String[] args) throws Exception {
        System.out.println("Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        List<String> sections = List.of(args);
        if (sections.isEmpty() || sections.contains("side")) {
            new SideBySide().print();
        }
        if (sections.isEmpty() || sections.contains("speed")) {
            new Speed().print();
        }
        if (sections.isEmpty() || sections.contains("quality")) {
            new Quality().print();
        }
    }
}
