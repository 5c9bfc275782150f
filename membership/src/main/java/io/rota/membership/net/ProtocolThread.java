package io.rota.membership.net;

import io.rota.membership.Keyring;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipException;
import io.rota.membership.MembershipListener;
import io.rota.membership.MembershipView;
import io.rota.membership.protocol.Protocol;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that runs the protocol: waits for sockets, commands and timers, and hands them in, the inbox always before the timers. Its
 * public methods are thread-safe. Commands wait in a bounded queue; a full queue refuses them. The loop survives any failure of a step: it logs,
 * counts, and goes on.
 */
final class ProtocolThread {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolThread.class);
    private static final int COMMANDS_LIMIT = 1024;
    private static final long LONGEST_WAIT_MILLIS = 1000;
    private static final long ANSWER_SECONDS = 5;
    private static final long STREAM_WAIT_MILLIS = 100;

    private final Ports ports;
    private final Selector selector;
    private final Shell shell;
    private final BlockingQueue<Consumer<Protocol>> commands = new ArrayBlockingQueue<>(COMMANDS_LIMIT);
    private final Thread thread;
    private volatile boolean running = true;

    private ProtocolThread(MembershipConfig config, MemberMetadata metadata, MembershipListener listener, Ports ports)
            throws IOException {
        this.ports = ports;
        this.selector = Selector.open();
        this.shell = new Shell(new Shell.Wiring(config, metadata, ports, selector, this::command), listener);
        this.thread = new Thread(this::run, "membership-" + config.nodeName());
        this.thread.setDaemon(true);
    }

    /** Binds and runs; nothing is left open when it throws. */
    static ProtocolThread start(MembershipConfig config, MemberMetadata metadata, MembershipListener listener)
            throws MembershipException {
        Ports ports = Ports.bind(config.bind());
        try {
            ProtocolThread started = new ProtocolThread(config, metadata, listener, ports);
            ports.datagrams().register(started.selector, SelectionKey.OP_READ);
            ports.streams().register(started.selector, SelectionKey.OP_ACCEPT);
            started.thread.start();
            return started;
        } catch (IOException e) {
            ports.close();
            throw new MembershipException("cannot watch the gossip port: " + e.getMessage(), e);
        }
    }

    MembershipView view() {
        return shell.view();
    }

    long bootId() {
        return shell.bootId();
    }

    /** The bound gossip port. */
    int port() {
        return ports.port();
    }

    Map<String, Long> counters() {
        return shell.counters();
    }

    void replaceKeys(Keyring keys) {
        ask(() -> {
            shell.keys().replace(keys);
            return List.of();
        });
    }

    void addKey(byte[] key) {
        ask(() -> {
            shell.keys().add(key);
            return List.of();
        });
    }

    List<String> useKey(byte[] key) {
        return ask(() -> shell.keys().use(key));
    }

    List<String> removeKey(byte[] key) {
        return ask(() -> shell.keys().remove(key));
    }

    /** Runs on the protocol thread; waits for what comes of it. */
    private List<String> ask(Supplier<List<String>> question) {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        command(protocol -> {
            try {
                answer.complete(question.get());
            } catch (IllegalArgumentException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(
                    Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("membership did not answer in " + ANSWER_SECONDS + " s; is it closed?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while membership was asked", e);
        }
    }

    /** Runs on the protocol thread, soon. */
    void command(Consumer<Protocol> command) {
        if (!commands.offer(command)) {
            throw new IllegalStateException("membership is overloaded: " + COMMANDS_LIMIT + " commands wait");
        }
        selector.wakeup();
    }

    /** True when others have acknowledged the goodbye within the limit. */
    boolean leave(long limitNanos) {
        command(protocol -> protocol.leave(System.nanoTime()));
        return shell.awaitLeft(limitNanos);
    }

    /** Waits for the thread's end, unless it is the caller. */
    void close() {
        running = false;
        selector.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            shell.begin();
            while (running) {
                step();
            }
        } finally {
            shell.close();
            ports.close();
            Quietly.close(selector);
        }
    }

    private void step() {
        try {
            long waitMillis = waitMillis();
            if (waitMillis > 0) {
                selector.select(waitMillis);
            } else {
                selector.selectNow();
            }
            selector.selectedKeys().removeIf(this::serve);
            Consumer<Protocol> command = commands.poll();
            while (command != null) {
                command.accept(shell.protocol());
                command = commands.poll();
            }
            shell.onTime(System.nanoTime());
        } catch (IOException | RuntimeException e) {
            LOG.error("a step of the membership loop failed; going on", e);
            if (e instanceof ClosedSelectorException) {
                running = false;
            }
        }
    }

    private boolean serve(SelectionKey key) {
        if (!key.isValid()) {
            return true;
        }
        if (key.channel() == ports.datagrams()) {
            shell.drain();
        } else if (key.channel() == ports.streams()) {
            shell.accept();
        } else if (key.attachment() instanceof Connection connection) {
            connection.ready();
        }
        return true;
    }

    private long waitMillis() {
        long nanos = shell.protocol().nextTimerNanos() - System.nanoTime();
        long limit = shell.hasStreams() ? STREAM_WAIT_MILLIS : LONGEST_WAIT_MILLIS;
        return Math.min(limit, Math.max(0, (nanos + 999_999) / 1_000_000));
    }
}
