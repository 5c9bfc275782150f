package io.rota.scheduler.runner;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that runs one Java task once, as a process of its node's guard: what it is to do comes by arguments and
 * environment, its output goes to stdout, its exit code is the outcome. TERM interrupts the task; the guard's KILL ends it.
 */
public final class TaskJvm implements RunBody.Line {
    private static final String PARAMETER = "ROTA_PARAM_";

    private final PrintStream out;
    private volatile boolean stopAsked;

    private TaskJvm(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the task; blocks until it has ended.
     *
     * @param environment as {@code TaskEnvironment} makes it
     * @return exit code: 0 success, 1 failure, 127 no such task, 143 stopped
     * @throws IllegalArgumentException if the environment is not that of a run
     */
    public static int run(Path jar, String className, Map<String, String> environment, PrintStream out) {
        var facts = facts(environment);
        var jvm = new TaskJvm(new PrintStream(out, true, StandardCharsets.UTF_8));
        var code = new AtomicInteger(RunBody.FAILED);
        var task = new Thread(() -> code.set(jvm.runHere(jar, className, facts)), "task");
        var stop = new Thread(() -> jvm.stop(task), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        task.start();
        join(task);
        return code.get();
    }

    /** The environment variable that carries a parameter. */
    public static String variable(String parameter) {
        return PARAMETER + parameter.toUpperCase(Locale.ROOT);
    }

    private int runHere(Path jar, String className, RunContext.Facts facts) {
        try (var loader = PluginLoader.open(jar)) {
            return JavaCall.run(loader, className, facts, this).exitCode();
        } catch (PluginLoader.PluginException e) {
            output(e.getMessage() + "\n");
            return RunBody.NOT_STARTED;
        } catch (InterruptedException e) {
            output("interrupted\n");
            return stopAsked ? RunBody.STOPPED : RunBody.FAILED;
        } catch (java.io.IOException e) {
            // Only close() throws it: the task has ended by then, but how is lost with the return value.
            output("plug-in " + jar + " cannot be closed: " + e + "\n");
            return RunBody.FAILED;
        }
    }

    /** TERM: the JVM waits for this hook, so the task has its grace; KILL waits for nobody. */
    private void stop(Thread task) {
        stopAsked = true;
        task.interrupt();
        join(task);
        out.flush();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RunContext.Facts facts(Map<String, String> environment) {
        var parameters = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PARAMETER)) {
                parameters.put(name.substring(PARAMETER.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        var token = environment.get("ROTA_TOKEN");
        return new RunContext.Facts(
                required(environment, "ROTA_TASK"),
                required(environment, "ROTA_RUN_ID"),
                required(environment, "ROTA_NODE"),
                Instant.parse(required(environment, "ROTA_DUE")),
                Integer.parseInt(required(environment, "ROTA_ATTEMPT")),
                token == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(token)),
                parameters);
    }

    private static String required(Map<String, String> environment, String name) {
        @Nullable String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set: only a node starts this command");
        }
        return value;
    }

    @Override
    public void output(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public boolean isStopAsked() {
        return stopAsked;
    }
}
