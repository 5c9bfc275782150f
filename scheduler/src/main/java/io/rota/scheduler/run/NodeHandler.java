package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.book.BookFailedException;
import io.rota.scheduler.engine.OrderAnswer;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerHandler;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.RunOrder;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what other nodes ask of this one. Thread-safe. */
public final class NodeHandler implements PeerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHandler.class);
    private static final long YIELD_LIMIT_MILLIS = 1_900;
    private static final long ORDER_LIMIT_MILLIS = 1_500;

    private final String node;
    private final Scheduler scheduler;
    private final Reports reports;
    private final TaskFiles files;
    private final NodeCommands commands;
    private final Consumer<DeathWord> onDeath;
    private final KnownArbiters arbiters;
    private final Supplier<Optional<ArbiterSeat>> seat;

    /** Who the arbiters are, and this node's seat among them if it has one. */
    public record Arbitration(KnownArbiters arbiters, Supplier<Optional<ArbiterSeat>> seat) {}

    /** @param onDeath told once per guard's word */
    public NodeHandler(
            String node,
            Scheduler scheduler,
            Reports reports,
            TaskFiles files,
            NodeCommands commands,
            Arbitration arbitration,
            Consumer<DeathWord> onDeath) {
        this.node = node;
        this.scheduler = scheduler;
        this.reports = reports;
        this.files = files;
        this.commands = commands;
        this.arbiters = arbitration.arbiters();
        this.seat = arbitration.seat();
        this.onDeath = onDeath;
    }

    @Override
    public PeerAnswer handle(PeerRequest request) {
        try {
            return answer(request);
        } catch (BookFailedException e) {
            // The book has said so once, as an ERROR; it is asked several times a second from now on.
            LOG.debug("no answer from the book request={}", request.getClass().getSimpleName(), e);
            return new PeerAnswer.Refused("the book of " + node + " failed; its log tells more");
        }
    }

    private PeerAnswer answer(PeerRequest request) {
        if (request instanceof PeerRequest.YieldTasks yield) {
            return yieldTasks(yield);
        }
        if (request instanceof PeerRequest.AskReport ask) {
            // What it last knew would look as if all were well.
            return scheduler
                    .stall()
                    .<PeerAnswer>map(PeerAnswer.Refused::new)
                    .orElseGet(() -> new PeerAnswer.Reported(reports.since(ask.since())));
        }
        if (request instanceof PeerRequest.AskOutlines ask) {
            return new PeerAnswer.Outlines(files.ownDigest(), files.page(ask.digest(), ask.after()));
        }
        if (request instanceof PeerRequest.TellCycles tell) {
            scheduler.hearCycles(tell.cycles());
            return new PeerAnswer.Done(true);
        }
        if (request instanceof PeerRequest.BeginRun begin) {
            return new PeerAnswer.Commanded(
                    commands.orders().refusal(begin.order()).orElseGet(() -> begin(begin.order())));
        }
        if (request instanceof PeerRequest.DrainNode drain) {
            return new PeerAnswer.Commanded(commands.drains().obey(drain.order()));
        }
        if (request instanceof PeerRequest.TellDeath tell) {
            return hearDeath(tell.word());
        }
        if (request instanceof PeerRequest.ExchangeLists exchange) {
            arbiters.learn(exchange.list());
            return new PeerAnswer.LaterList(arbiters.list());
        }
        return ofArbiter(request);
    }

    private PeerAnswer ofArbiter(PeerRequest request) {
        var sitting = seat.get();
        if (sitting.isPresent()) {
            return SeatAnswers.of(sitting.get(), request);
        }
        boolean outdated = request instanceof PeerRequest.Numbered asked
                && asked.epoch() < arbiters.list().epoch();
        return outdated
                ? new PeerAnswer.LaterList(arbiters.list())
                : new PeerAnswer.Refused(node + " is not a listed arbiter");
    }

    private PeerAnswer yieldTasks(PeerRequest.YieldTasks request) {
        try {
            return scheduler.yieldTasks(request.from(), request.tasks()).get(YIELD_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "yield not answered in time from={} tasks={}",
                    request.from(),
                    request.tasks().size());
            return PeerAnswer.Yielded.nothing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PeerAnswer.Yielded.nothing();
        }
    }

    private CommandOutcome begin(RunOrder order) {
        try {
            var answer = scheduler.order(order).get(ORDER_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            if (answer instanceof OrderAnswer.Taken taken) {
                return new CommandOutcome.RunBegun(taken.runId(), node, taken.state(), taken.reason());
            }
            return unavailable(((OrderAnswer.NotNow) answer).reason());
        } catch (TimeoutException | ExecutionException e) {
            return unavailable("its scheduler did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("it is stopping");
        }
    }

    private static CommandOutcome unavailable(String why) {
        return new CommandOutcome.Refused(CommandOutcome.Cause.UNAVAILABLE, why);
    }

    private PeerAnswer hearDeath(DeathWord word) {
        seat.get().ifPresent(sitting -> sitting.book().certify(word));
        onDeath.accept(word);
        scheduler.nudge();
        return new PeerAnswer.Done(true);
    }
}
