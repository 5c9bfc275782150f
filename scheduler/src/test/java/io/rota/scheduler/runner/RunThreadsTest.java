package io.rota.scheduler.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.engine.RunEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs on threads: how many at once, what waits, what a stop does. */
class RunThreadsTest {
    private static final Duration SOON = Duration.ofMillis(50);

    private final HeardRuns heard = new HeardRuns();
    private RunThreads threads = threads(1, 2, Duration.ofMinutes(1));

    private RunThreads threads(int most, int waiting, Duration longestWait) {
        return new RunThreads("test", new RunThreads.Limits(most, waiting, longestWait), heard);
    }

    private void use(RunThreads others) {
        threads.close();
        threads = others;
    }

    @AfterEach
    void close() {
        threads.close();
    }

    /** Goes on until it is interrupted. */
    private static RunBody.Outcome forEver(RunBody.Line line) throws InterruptedException {
        line.output("up\n");
        new CountDownLatch(1).await();
        return RunBody.Outcome.succeeded();
    }

    @Test
    void aRunIsSeenToStartToSpeakAndToEnd() {
        threads.start("r", line -> {
            line.output("hello");
            return RunBody.Outcome.succeeded();
        });

        assertThat(heard.awaitEnd("r").exitCode()).isZero();
        assertThat(heard.of("r")).containsExactly(new RunEvent.Started("r", 0), new RunEvent.Ended("r", 0, ""));
        assertThat(heard.output("r")).isEqualTo("hello");
    }

    @Test
    void whatIsThrownFailsTheRunAndNotTheRunner() {
        threads.start("bad", line -> {
            throw new StackOverflowError("too deep");
        });
        assertThat(heard.awaitEnd("bad"))
                .isEqualTo(new RunEvent.Ended("bad", 1, "java.lang.StackOverflowError: too deep"));

        threads.start("good", line -> RunBody.Outcome.succeeded());
        assertThat(heard.awaitEnd("good").exitCode()).isZero();
    }

    @Test
    void noMoreRunAtOnceThanThereAreThreads() {
        threads.start("first", RunThreadsTest::forEver);
        heard.await("first", RunEvent.Started.class);
        threads.start("second", line -> RunBody.Outcome.succeeded());
        assertThat(heard.of("second")).isEmpty();

        threads.stop("first", Duration.ofMinutes(1));

        assertThat(heard.awaitEnd("second").exitCode()).isZero();
        assertThat(heard.awaitEnd("first").exitCode()).isEqualTo(RunBody.STOPPED);
    }

    @Test
    void aFullQueueIsAReasonAndNotAHang() {
        threads.start("first", RunThreadsTest::forEver);
        heard.await("first", RunEvent.Started.class);
        // One more waits in the hand of the dispatcher, two in the queue.
        for (int i = 0; i < 10; i++) {
            threads.start("more" + i, line -> RunBody.Outcome.succeeded());
        }

        assertThat(heard.await("more9", RunEvent.NotStarted.class).reason())
                .isEqualTo("2 runs wait for a thread already");
    }

    @Test
    void whatHasWaitedTooLongIsGivenUp() {
        use(threads(1, 2, Duration.ofMillis(100)));
        threads.start("first", RunThreadsTest::forEver);
        heard.await("first", RunEvent.Started.class);
        threads.start("second", line -> RunBody.Outcome.succeeded());

        assertThat(heard.await("second", RunEvent.NotStarted.class).reason())
                .startsWith("no thread was free for 0 s, all 1 are busy");
    }

    @Test
    void whatIsStoppedBeforeItHasBegunNeverBegins() {
        var begun = new AtomicBoolean();
        threads.start("first", RunThreadsTest::forEver);
        heard.await("first", RunEvent.Started.class);
        threads.start("second", line -> {
            begun.set(true);
            return RunBody.Outcome.succeeded();
        });

        threads.stop("second", Duration.ZERO);
        threads.stop("first", Duration.ZERO);
        threads.start("third", line -> RunBody.Outcome.succeeded());

        heard.awaitEnd("third");
        assertThat(heard.of("second")).containsExactly(new RunEvent.Ended("second", 143, "it had not begun"));
        assertThat(begun).isFalse();
    }

    @Test
    void aReasonIsOneLineAndNotALongOne() {
        threads.start("wordy", line -> {
            throw new IllegalStateException("first\nsecond\r\n" + "x".repeat(10_000));
        });

        assertThat(heard.awaitEnd("wordy").reason())
                .startsWith("java.lang.IllegalStateException: first second x")
                .hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void whatIgnoresTheInterruptIsReportedAndKeepsItsThread() {
        var release = new CountDownLatch(1);
        threads.start("stubborn", line -> {
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            return RunBody.Outcome.succeeded();
        });
        heard.await("stubborn", RunEvent.Started.class);

        threads.stop("stubborn", SOON);

        assertThat(heard.await("stubborn", RunEvent.NotStopped.class).reason()).contains("ignores the interrupt");
        assertThat(threads.open()).isOne();
        assertThat(threads.deaf()).isOne();
        release.countDown();
        heard.awaitEnd("stubborn");
        assertThat(threads.open()).isZero();
        assertThat(threads.deaf()).isZero();
    }

    @Test
    void aRunKnowsThatItIsToStop() {
        threads.start("r", line -> {
            try {
                forEver(line);
            } catch (InterruptedException e) {
                line.output("stop asked: " + line.isStopAsked());
            }
            return RunBody.Outcome.succeeded();
        });
        heard.await("r", RunEvent.Started.class);

        threads.stop("r", Duration.ofMinutes(1));

        heard.awaitEnd("r");
        assertThat(heard.output("r")).endsWith("stop asked: true");
    }
}
