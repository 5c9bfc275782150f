package io.rota.scheduler.api;

/**
 * Work written in Java. The class stands in a plug-in JAR, is public and has a public constructor without parameters;
 * every run makes an instance of its own.
 *
 * <p>A run is stopped by interrupting its thread: end soon after, within the task's {@code stop_grace_period}. At level
 * ring it runs in the node's JVM, where nothing can force a thread to end: a task that ignores the interrupt keeps its
 * node busy with it, and no other node starts it while that node lives. At higher levels it runs in a JVM of its own,
 * which is killed.
 */
@FunctionalInterface
public interface Task {
    /**
     * Does the work. To return is success.
     *
     * @throws Exception whatever is thrown fails the run; its stack trace goes to the run's output
     */
    void run(TaskContext context) throws Exception;
}
