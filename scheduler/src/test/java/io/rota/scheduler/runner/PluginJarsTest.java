package io.rota.scheduler.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which class loaders are open, and that nothing is left of a closed one. */
class PluginJarsTest {
    @TempDir
    private Path dir;

    private final AtomicLong now = new AtomicLong();
    private final PluginJars jars = new PluginJars(now::get);
    private Path jar;

    @BeforeEach
    void make() throws IOException {
        jar = Plugins.jar(dir.resolve("t.jar"), "T", "");
    }

    private static boolean isOpen(PluginLoader loader) {
        return loader.getResource("plug/T.class") != null;
    }

    @Test
    void runsOfOneJarShareItsLoader() throws Exception {
        try (var first = jars.use(jar);
                var second = jars.use(jar)) {
            assertThat(first.loader()).isSameAs(second.loader());
        }
    }

    @Test
    void anIdleLoaderIsClosedAfterAMinute() throws Exception {
        var use = jars.use(jar);
        var loader = use.loader();
        now.addAndGet(PluginJars.IDLE_NANOS * 2);
        jars.closeIdle();
        assertThat(isOpen(loader)).as("while a run uses it").isTrue();

        use.close();
        now.addAndGet(PluginJars.IDLE_NANOS - 1);
        jars.closeIdle();
        assertThat(isOpen(loader)).as("before the minute is over").isTrue();

        now.addAndGet(1);
        jars.closeIdle();
        assertThat(isOpen(loader)).isFalse();
        assertThat(jars.count()).isZero();
    }

    @Test
    void aReplacedLoaderIsClosedWithItsLastRun() throws Exception {
        var old = jars.use(jar);
        Plugins.jar(jar, "T", "context.log(\"longer than before\");");
        try (var fresh = jars.use(jar)) {
            assertThat(fresh.loader()).isNotSameAs(old.loader());
            assertThat(isOpen(old.loader())).isTrue();

            old.close();

            assertThat(isOpen(old.loader())).isFalse();
            assertThat(isOpen(fresh.loader())).isTrue();
        }
    }

    @Test
    void atTheEndALoaderInUseIsClosedByItsLastRun() throws Exception {
        var use = jars.use(jar);
        jars.close();
        assertThat(isOpen(use.loader())).isTrue();

        use.close();

        assertThat(isOpen(use.loader())).isFalse();
    }

    @Test
    void nothingIsLeftOfAClosedLoaderNotEvenWhenTheTaskUsedThreadLocals() throws Exception {
        var heard = new HeardRuns();
        var threads = new RunThreads("leak", new RunThreads.Limits(4, 100, Duration.ofMinutes(1)), heard);
        var leaky = Plugins.jar(
                dir.resolve("leaky.jar"),
                "L",
                "ThreadLocal<Object> held = new ThreadLocal<>(); held.set(this); context.log(\"held\");");
        for (int i = 0; i < 8; i++) {
            threads.start("r" + i, line -> {
                try (var use = jars.use(leaky)) {
                    return JavaCall.run(use.loader(), "plug.L", Trial.facts(), line);
                } catch (PluginLoader.PluginException e) {
                    return RunBody.Outcome.failed(e.toString());
                }
            });
        }
        for (int i = 0; i < 8; i++) {
            assertThat(heard.awaitEnd("r" + i).reason()).isEmpty();
        }
        var loader = loaderOf(leaky);

        now.addAndGet(PluginJars.IDLE_NANOS);
        jars.closeIdle();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
        threads.close();
    }

    private WeakReference<PluginLoader> loaderOf(Path leaky) throws PluginLoader.PluginException {
        try (var use = jars.use(leaky)) {
            return new WeakReference<>(use.loader());
        }
    }

    /** What a task is told where it does not matter. */
    private static final class Trial {
        static RunContext.Facts facts() {
            return new RunContext.Facts(
                    "t",
                    "t@1",
                    "n1",
                    java.time.Instant.EPOCH,
                    1,
                    java.util.OptionalLong.empty(),
                    new java.util.TreeMap<>());
        }
    }
}
