package io.rota.membership.protocol;

import io.rota.membership.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Repairs differences between member tables (SWIM leaves this open; memberlist sends whole tables each 30 s). Confined to the protocol thread. Each
 * ping and ack carries a digest; where it differs although news have settled, the two exchange bucket digests and then only the entries of the buckets
 * that differ. At rest it costs nothing but the digest.
 */
final class AntiEntropy {

    private static final int IMPATIENT_AFTER = 3;
    /** A node that has just started may have read a table that was as young as itself. */
    private static final long NEW_NANOS = 30_000_000_000L;

    /** So that a sealed frame stays below its bound. */
    private static final int CHUNK_BYTES = 5_000;

    /** Besides the sender's name. */
    private static final int CHUNK_FOOTPRINT_BYTES = Footprint.LIMIT_BYTES - 1_000;

    private static final int ENTRY_BYTES = 16;

    private final Parts parts;
    private long notBeforeNanos;
    private int mismatches;

    AntiEntropy(Parts parts) {
        this.parts = parts;
        this.notBeforeNanos = parts.now();
    }

    /** A member that we probe, or that probes us, told its digest. */
    void onDigest(Peer teller, long digest) {
        if (digest == parts.roster.digest()) {
            mismatches = 0;
            return;
        }
        mismatches++;
        long pause = parts.settings.spreading().syncPause().toNanos();
        boolean isNew = parts.self.uptimeNanos() < NEW_NANOS;
        boolean settled = parts.now() - parts.roster.changedNanos() >= pause / 2;
        if (settled || mismatches >= (isNew ? 1 : IMPATIENT_AFTER)) {
            sync(teller);
        }
    }

    /** That member seems to know more. */
    void wanted(String teller) {
        Peer peer = parts.roster.find(teller);
        if (peer != null && peer.isLive() && peer != parts.self.peer()) {
            sync(peer);
        }
    }

    Message.StateRequest request(boolean everything) {
        return new Message.StateRequest(parts.self.record(), everything ? List.of() : parts.roster.buckets());
    }

    /** What a request is answered with. */
    List<Message> answer(Message.StateRequest request) {
        int differing = differing(request.buckets());
        List<Message> replies = new ArrayList<>();
        List<List<Remembered>> chunks = chunks(rowsOf(differing));
        for (List<Remembered> chunk : chunks) {
            replies.add(new Message.StateReply(differing, replies.size() == chunks.size() - 1, chunk));
        }
        return replies;
    }

    /** Merges a part of another table. */
    void merge(List<Remembered> entries) {
        for (Remembered entry : entries) {
            if (entry.subject().name().equals(parts.self.name())) {
                parts.dispute.onEntry(entry);
            } else {
                parts.beliefs.compare(entry);
            }
        }
    }

    Exchange exchange() {
        return new Exchange();
    }

    private void sync(Peer peer) {
        if (parts.now() < notBeforeNanos || !parts.self.isPresent()) {
            return;
        }
        notBeforeNanos = parts.now() + parts.settings.spreading().syncPause().toNanos();
        mismatches = 0;
        parts.dials.dial(peer.address(), request(false), new Exchange());
    }

    private int differing(List<Long> theirs) {
        List<Long> ours = parts.roster.buckets();
        int mask = 0;
        for (int i = 0; i < Roster.BUCKETS; i++) {
            if (theirs.size() != Roster.BUCKETS || !theirs.get(i).equals(ours.get(i))) {
                mask |= 1 << i;
            }
        }
        return mask;
    }

    private List<Remembered> rowsOf(int differing) {
        List<Remembered> rows = new ArrayList<>();
        for (Peer peer : parts.roster.all()) {
            if ((differing & (1 << Roster.bucketOf(peer))) != 0) {
                long ageSeconds = Math.max(0, parts.now() - peer.sinceNanos()) / 1_000_000_000L;
                rows.add(new Remembered(peer.record(), ageSeconds));
            }
        }
        return rows;
    }

    private static List<List<Remembered>> chunks(List<Remembered> rows) {
        List<List<Remembered>> chunks = new ArrayList<>();
        List<Remembered> chunk = new ArrayList<>();
        int bytes = 0;
        int footprint = Footprint.PACKET_BYTES;
        for (Remembered row : rows) {
            int rowBytes = RumorSize.of(row.subject()) + ENTRY_BYTES;
            int rowFootprint = Footprint.of(row.subject());
            if (bytes + rowBytes > CHUNK_BYTES || footprint + rowFootprint > CHUNK_FOOTPRINT_BYTES) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
                footprint = Footprint.PACKET_BYTES;
            }
            chunk.add(row);
            bytes += rowBytes;
            footprint += rowFootprint;
        }
        chunks.add(chunk);
        return chunks;
    }

    /** Our side of one exchange: merge what comes, then push what they lack. */
    final class Exchange implements Dials.Waiting {

        private final Map<String, Member> theirs = new HashMap<>();

        @Override
        public void reply(Packet packet) {
            if (packet.message() instanceof Message.StateReply reply) {
                for (Remembered entry : reply.entries()) {
                    theirs.put(entry.subject().name(), entry.subject().member());
                }
                merge(reply.entries());
                if (reply.last()) {
                    push(packet, reply.differing());
                    parts.joiner.onTable();
                }
            }
        }

        @Override
        public void ended(DialOutcome outcome) {}

        private void push(Packet packet, int differing) {
            Peer teller = parts.roster.findLive(packet.sender(), packet.bootId());
            if (teller == null) {
                return;
            }
            List<Remembered> lacking = new ArrayList<>();
            for (Remembered row : rowsOf(differing)) {
                Member told = theirs.get(row.subject().name());
                if (told == null || Precedence.beats(row.subject().member(), told)) {
                    lacking.add(row);
                }
            }
            if (!lacking.isEmpty()) {
                chunks(lacking)
                        .forEach(chunk -> parts.dials.dial(teller.address(), new Message.StatePush(chunk), NOBODY));
            }
        }
    }

    private static final Dials.Waiting NOBODY = new Dials.Waiting() {
        @Override
        public void reply(Packet packet) {}

        @Override
        public void ended(DialOutcome outcome) {}
    };
}
