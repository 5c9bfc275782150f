package io.rota.scheduler.guard;

import io.rota.scheduler.Confinement;
import io.rota.scheduler.Limits;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Binary form of the messages on the pipe between a node and its guard. Both ends are the same build of Rota on the same
 * machine; a message that cannot be read is an {@link IOException} and ends the pipe.
 */
final class GuardCodec {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_ELEMENTS = 100_000;

    private GuardCodec() {}

    static void write(DataOutputStream out, GuardCommand command) throws IOException {
        if (command instanceof GuardCommand.Start start) {
            out.writeByte(1);
            writeText(out, start.runId());
            writeTexts(out, start.argv());
            writeText(out, start.workingDir());
            writeMap(out, start.environment());
            out.writeBoolean(start.exclusive());
            writeConfinement(out, start.confinement());
        } else if (command instanceof GuardCommand.Stop stop) {
            out.writeByte(2);
            writeText(out, stop.runId());
            out.writeLong(stop.graceMillis());
        } else if (command instanceof GuardCommand.LeaseHeld held) {
            out.writeByte(3);
            out.writeLong(held.stampNanos());
        } else if (command instanceof GuardCommand.Peers peers) {
            out.writeByte(4);
            writeMap(out, peers.addresses());
        } else if (command instanceof GuardCommand.Farewell) {
            out.writeByte(5);
        } else {
            throw new IllegalStateException("no binary form of " + command);
        }
        out.flush();
    }

    static GuardCommand readCommand(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 ->
                new GuardCommand.Start(
                        readText(in), readTexts(in), readText(in), readMap(in), in.readBoolean(), readConfinement(in));
            case 2 -> new GuardCommand.Stop(readText(in), in.readLong());
            case 3 -> new GuardCommand.LeaseHeld(in.readLong());
            case 4 -> new GuardCommand.Peers(readMap(in));
            case 5 -> new GuardCommand.Farewell();
            default -> throw new IOException("unknown command " + kind);
        };
    }

    static void write(DataOutputStream out, GuardReport report) throws IOException {
        if (report instanceof GuardReport.Started started) {
            out.writeByte(1);
            writeText(out, started.runId());
            out.writeLong(started.pid());
        } else if (report instanceof GuardReport.NotStarted notStarted) {
            out.writeByte(2);
            writeText(out, notStarted.runId());
            writeText(out, notStarted.reason());
        } else if (report instanceof GuardReport.Ended ended) {
            out.writeByte(3);
            writeText(out, ended.runId());
            out.writeInt(ended.exitCode());
        } else if (report instanceof GuardReport.Output output) {
            out.writeByte(4);
            writeText(out, output.runId());
            writeText(out, output.text());
        } else if (report instanceof GuardReport.Stamp stamp) {
            out.writeByte(5);
            out.writeLong(stamp.nanos());
        } else if (report instanceof GuardReport.Ready ready) {
            out.writeByte(6);
            writeText(out, ready.group());
        } else {
            throw new IllegalStateException("no binary form of " + report);
        }
        out.flush();
    }

    static GuardReport readReport(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new GuardReport.Started(readText(in), in.readLong());
            case 2 -> new GuardReport.NotStarted(readText(in), readText(in));
            case 3 -> new GuardReport.Ended(readText(in), in.readInt());
            case 4 -> new GuardReport.Output(readText(in), readText(in));
            case 5 -> new GuardReport.Stamp(in.readLong());
            case 6 -> new GuardReport.Ready(readText(in));
            default -> throw new IOException("unknown report " + kind);
        };
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a field of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a field of " + length + " bytes was cut short after " + bytes.length);
        }
        return bytes;
    }

    private static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_ELEMENTS) {
            throw new IOException("a list of " + count + " elements");
        }
        return count;
    }

    private static void writeConfinement(DataOutputStream out, Confinement confinement) throws IOException {
        writeText(out, confinement.user());
        var limits = confinement.limits();
        out.writeLong(limits.memoryBytes());
        out.writeInt(limits.cpusMilli());
        out.writeInt(limits.openFiles());
        out.writeInt(limits.processes());
    }

    private static Confinement readConfinement(DataInputStream in) throws IOException {
        try {
            return new Confinement(readText(in), new Limits(in.readLong(), in.readInt(), in.readInt(), in.readInt()));
        } catch (IllegalArgumentException e) {
            throw new IOException("no confinement: " + e.getMessage(), e);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            writeText(out, text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int count = readCount(in);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (var entry : map.entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    private static Map<String, String> readMap(DataInputStream in) throws IOException {
        int count = readCount(in);
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < count; i++) {
            map.put(readText(in), readText(in));
        }
        return map;
    }
}
