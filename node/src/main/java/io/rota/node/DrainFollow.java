package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.adminui.client.Reply;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Follows a node that drains: a line whenever something has gone, until it may leave. Confined to one thread. */
final class DrainFollow {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int NAMED = 5;

    private final AdminClient client;
    private final String node;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Duration patience;
    private List<String> left = List.of();

    /** @param patience how long nothing may go before it is given up; zero for no limit */
    DrainFollow(AdminClient client, String node, PrintWriter out, PrintWriter err, Duration patience) {
        this.client = client;
        this.node = node;
        this.out = out;
        this.err = err;
        this.patience = patience;
    }

    /** Gives the exit code: 0 once the node may leave. */
    int follow() throws AdminClient.NoAnswerException, InterruptedException {
        long gotOnNanos = System.nanoTime();
        while (true) {
            var now = client.drainOf(node);
            if (now.isDone() && !now.flag("draining")) {
                err.println("rota: " + node + " has been told to take part again");
                return 1;
            }
            if (now.status() == 404 || now.status() == 409) {
                // It is gone. One that only does not answer may be back, and has heard.
                err.println("rota: " + now.text("detail"));
                return 1;
            }
            if (now.flag("mayLeave")) {
                out.println(node + " may leave: nothing runs there");
                return 0;
            }
            if (hasGotOn(now)) {
                gotOnNanos = System.nanoTime();
            }
            if (!patience.isZero() && System.nanoTime() - gotOnNanos > patience.toNanos()) {
                err.println("rota: nothing has gone for " + patience.toSeconds() + " s"
                        + (now.isDone() ? "; still there: " + named() : ": " + now.text("detail")) + "; " + node
                        + " goes on draining, rota drain " + node + " --wait follows it");
                return 1;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean hasGotOn(Reply now) {
        if (!now.isDone() || now.texts("running").equals(left)) {
            return false;
        }
        left = now.texts("running");
        out.println(node + " still runs " + left.size() + (left.isEmpty() ? "" : ": " + named()));
        out.flush();
        return true;
    }

    private String named() {
        var named = String.join(", ", left.subList(0, Math.min(NAMED, left.size())));
        return left.size() > NAMED ? named + ", ..." : named;
    }
}
