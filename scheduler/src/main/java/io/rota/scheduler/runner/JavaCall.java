package io.rota.scheduler.runner;

import io.rota.scheduler.Work;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Clock;

/** One run of a Java task on a thread: loads its class, hands it its context, and says how it ended. */
final class JavaCall implements RunBody {
    private static final int MAX_TRACE_CHARS = 8 * 1024;

    private final PluginJars jars;
    private final Work.Java work;
    private final RunContext.Facts facts;

    JavaCall(PluginJars jars, Work.Java work, RunContext.Facts facts) {
        this.jars = jars;
        this.work = work;
        this.facts = facts;
    }

    @Override
    public Outcome call(Line line) throws InterruptedException {
        try (var use = jars.use(Path.of(work.jar()))) {
            return run(use.loader(), work.className(), facts, line);
        } catch (PluginLoader.PluginException e) {
            return new Outcome(NOT_STARTED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes an instance of the task and runs it on this thread.
     *
     * @throws PluginLoader.PluginException if the JAR has no such task
     */
    static Outcome run(PluginLoader loader, String className, RunContext.Facts facts, Line line)
            throws PluginLoader.PluginException, InterruptedException {
        var context = new RunContext(facts, Clock.systemUTC(), line::isStopAsked, text -> line.output(text + "\n"));
        try {
            Thread.currentThread().setContextClassLoader(loader);
            loader.newTask(className).run(context);
            return Outcome.succeeded();
        } catch (PluginLoader.PluginException | InterruptedException e) {
            throw e;
        } catch (InvocationTargetException e) {
            return failed(line, e.getCause() == null ? e : e.getCause());
        } catch (Throwable e) {
            // Errors too: a plug-in that lacks a class, or overflows its stack, fails this run and nothing else.
            return failed(line, e);
        }
    }

    private static Outcome failed(Line line, Throwable error) {
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        var text = trace.toString();
        line.output(text.substring(0, Math.min(text.length(), MAX_TRACE_CHARS)));
        return Outcome.failed(error.toString());
    }
}
