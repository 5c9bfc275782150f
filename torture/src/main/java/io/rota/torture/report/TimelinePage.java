package io.rota.torture.report;

import io.rota.torture.check.Verdict;
import io.rota.torture.check.Violation;
import io.rota.torture.history.Bar;
import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import io.rota.torture.history.NodeLife;
import io.rota.torture.history.TaskSpec;
import io.rota.torture.nemesis.Fault;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The history as one HTML page: a lane for each node with a row for each task, faults as shaded bands, runs as bars with
 * their tokens, violations red. It loads nothing from anywhere. Pure.
 */
public final class TimelinePage {
    private static final int LEFT = 110;
    private static final int ROW = 11;
    private static final int LANE_GAP = 26;
    private static final int TOP = 30;

    private final History history;
    private final int nodes;
    private final long originNanos;
    private final double pixelsPerNano;
    private final StringBuilder svg = new StringBuilder();

    private TimelinePage(History history, int nodes) {
        this.history = history;
        this.nodes = nodes;
        this.originNanos = history.nodes().lives().stream()
                .mapToLong(NodeLife::startNanos)
                .min()
                .orElse(0);
        double seconds = (lastNanos() - originNanos) / 1e9;
        this.pixelsPerNano = (seconds > 600 ? 6 : 14) / 1e9;
    }

    /** The page. */
    public static String of(String summary, History history, List<Verdict> verdicts, int nodes) {
        var page = new TimelinePage(history, nodes);
        page.draw(verdicts);
        return """
                <!doctype html><meta charset="utf-8"><title>Rota torture</title>
                <style>body{font:12px sans-serif;margin:1em}pre{background:#f4f4f4;padding:1em;overflow-x:auto}
                .wide{overflow-x:auto}text{font-size:9px}.name{font-size:11px;font-weight:bold}</style>
                <h1>Torture</h1><div class="wide"><svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">
                %s</svg></div><p>Blue: exclusive, with its token. Green: ring. Grey line: the node lives. Shaded: a fault.
                Red: a violation.</p><pre>%s</pre>
                """.formatted(page.width(), page.height(), page.svg, escape(summary));
    }

    private long lastNanos() {
        long lines = history.lines().isEmpty()
                ? originNanos
                : history.lines().get(history.lines().size() - 1).atNanos();
        return Math.max(
                lines,
                history.settles().stream()
                        .mapToLong(settle -> settle.untilNanos())
                        .max()
                        .orElse(0));
    }

    private int width() {
        return x(lastNanos()) + 40;
    }

    private int height() {
        return laneTop(nodes) + 10;
    }

    private int x(long nanos) {
        return LEFT + (int) Math.round((Math.max(nanos, originNanos) - originNanos) * pixelsPerNano);
    }

    private int laneTop(int node) {
        return TOP + node * (history.tasks().size() * ROW + LANE_GAP);
    }

    private int laneHeight() {
        return history.tasks().size() * ROW;
    }

    private void draw(List<Verdict> verdicts) {
        axis();
        for (int node = 0; node < nodes; node++) {
            lane(node);
        }
        history.faults().stream().filter(FaultWindow::carriedOut).forEach(this::fault);
        Bar.of(history.lines()).forEach(this::bar);
        verdicts.forEach(verdict -> verdict.violations().forEach(violation -> violation(verdict, violation)));
    }

    private void axis() {
        for (long second = 0; originNanos + second * 1_000_000_000L < lastNanos(); second += 10) {
            int x = x(originNanos + second * 1_000_000_000L);
            rect(x, TOP - 12, 1, height(), "#ddd", "");
            text(x + 2, TOP - 14, second + " s", "");
        }
        history.settles()
                .forEach(settle -> rect(
                        x(settle.untilNanos()),
                        TOP - 12,
                        2,
                        height(),
                        settle.done() ? "#8c8" : "#e00",
                        "at rest after round " + settle.round() + " " + settle.missing()));
    }

    private void lane(int node) {
        int top = laneTop(node);
        text(2, top + 8, Fault.name(node), "name");
        for (int row = 0; row < history.tasks().size(); row++) {
            text(28, top + row * ROW + 8, history.tasks().get(row).name(), "");
        }
        history.nodes().lives().stream()
                .filter(life -> life.node().equals(Fault.name(node)))
                .forEach(life -> {
                    int from = x(life.startNanos());
                    int until = x(Math.min(life.endNanos(), lastNanos()));
                    rect(from, top - 4, until - from, 2, "#888", life.node() + " pid " + life.pid() + " " + life.end());
                });
    }

    private void fault(FaultWindow window) {
        int from = x(window.startNanos());
        int width = Math.max(2, x(window.healNanos()) - from);
        for (int node : window.fault().victims()) {
            int top = laneTop(node);
            rect(from, top - 2, width, laneHeight() + 4, "#fa06", window.fault().toString());
            text(from + 2, top + laneHeight() + 11, window.fault().kind().toString(), "");
        }
    }

    private void bar(Bar bar) {
        int row = IntStream.range(0, history.tasks().size())
                .filter(each -> history.tasks().get(each).name().equals(bar.task()))
                .findFirst()
                .orElse(-1);
        int node = IntStream.range(0, nodes)
                .filter(each -> Fault.name(each).equals(bar.node()))
                .findFirst()
                .orElse(-1);
        if (row < 0 || node < 0) {
            return;
        }
        TaskSpec task = history.tasks().get(row);
        int from = x(bar.startNanos());
        int width = Math.max(2, x(bar.lastNanos()) - from);
        int top = laneTop(node) + row * ROW;
        rect(
                from,
                top + 1,
                width,
                ROW - 3,
                task.exclusive() ? "#48c" : "#5a5",
                bar.task() + " on " + bar.node() + " boot " + bar.boot() + " token " + bar.token());
        if (task.exclusive() && task.isService()) {
            text(from + 2, top + 8, Long.toString(bar.token()), "");
        }
    }

    private void violation(Verdict verdict, Violation violation) {
        if (violation.atNanos() == 0) {
            return;
        }
        int node = IntStream.range(0, nodes)
                .filter(each -> Fault.name(each).equals(violation.node()))
                .findFirst()
                .orElse(0);
        rect(
                x(violation.atNanos()) - 1,
                laneTop(node) - 4,
                3,
                laneHeight() + 8,
                "#e00",
                verdict.check() + ": " + violation.text());
    }

    private void rect(int x, int y, int width, int height, String fill, String title) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>%n",
                x,
                y,
                width,
                height,
                fill,
                escape(title)));
    }

    private void text(int x, int y, String text, String style) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n", x, y, style, escape(text)));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
