package io.rota.benchmarks;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with its RAM store, which keeps no record of a run; threads and batches set as its guide advises for many jobs. */
final class QuartzDispatch implements DispatchBench.Dispatch {
    private static final AtomicLong ENDED = new AtomicLong();

    private final Scheduler scheduler;

    /** Does nothing. */
    public static final class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            ENDED.incrementAndGet();
        }
    }

    /** Runs {@code true}. */
    public static final class RunsTrue implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                if (new ProcessBuilder("true").start().waitFor() == 0) {
                    ENDED.incrementAndGet();
                }
            } catch (IOException | InterruptedException e) {
                throw new JobExecutionException(e);
            }
        }
    }

    private QuartzDispatch(Class<? extends Job> job, int count) throws SchedulerException {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", job.getSimpleName());
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "100");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "64");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        scheduler = new StdSchedulerFactory(properties).getScheduler();
        for (int i = 0; i < count; i++) {
            scheduler.scheduleJob(
                    JobBuilder.newJob(job).withIdentity("job-" + i).build(),
                    TriggerBuilder.newTrigger()
                            .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                    .withIntervalInMilliseconds(100)
                                    .repeatForever())
                            .build());
        }
        scheduler.start();
    }

    static DispatchBench.Start ofJava(int count) {
        return () -> new QuartzDispatch(Nothing.class, count);
    }

    static DispatchBench.Start ofProcesses(int count) {
        return () -> new QuartzDispatch(RunsTrue.class, count);
    }

    @Override
    public long ended() {
        return ENDED.get();
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
