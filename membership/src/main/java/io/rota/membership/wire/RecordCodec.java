package io.rota.membership.wire;

import io.rota.membership.Keyring;
import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.protocol.Footprint;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Rumor;
import io.rota.membership.protocol.WireVersions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Members and news to bytes and back. Pure. */
final class RecordCodec {

    /** The place in the list is the code on the wire. */
    private static final List<MemberState> STATES =
            List.of(MemberState.ALIVE, MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT);

    private static final List<Participation> PARTICIPATIONS =
            List.of(Participation.JOINING, Participation.ACTIVE, Participation.DRAINING);

    private RecordCodec() {}

    static void write(WireWriter out, Rumor rumor) {
        writeState(out, rumor.state());
        if (rumor instanceof Rumor.Alive alive) {
            write(out, alive.subject());
            return;
        }
        out.text(rumor.name());
        out.long8(rumor.bootId());
        out.number(rumor.incarnation());
        if (rumor instanceof Rumor.Suspect suspect) {
            out.text(suspect.accuser());
        } else if (rumor instanceof Rumor.Dead dead) {
            out.text(dead.accuser());
            out.byte1(dead.proven() ? 1 : 0);
        }
    }

    static Rumor readRumor(WireReader in) {
        MemberState state = readState(in);
        if (state == MemberState.ALIVE) {
            return new Rumor.Alive(readRecord(in));
        }
        in.charge(Footprint.RUMOR_BYTES);
        String name = in.name(Member.NAME_LIMIT_BYTES);
        long bootId = in.long8();
        long incarnation = in.number(Member.INCARNATION_LIMIT);
        return switch (state) {
            case ALIVE -> throw new WireReader.Malformed();
            case SUSPECT -> new Rumor.Suspect(name, bootId, incarnation, in.name(Member.NAME_LIMIT_BYTES));
            case DEAD -> new Rumor.Dead(name, bootId, incarnation, in.name(Member.NAME_LIMIT_BYTES), in.choice(2) == 1);
            case LEFT -> new Rumor.Left(name, bootId, incarnation);
        };
    }

    static void write(WireWriter out, Remembered entry) {
        write(out, entry.subject());
        out.number(entry.ageSeconds());
    }

    static Remembered readRemembered(WireReader in) {
        MemberRecord subject = readRecord(in);
        return new Remembered(subject, in.number(Remembered.AGE_LIMIT_SECONDS));
    }

    static void write(WireWriter out, MemberRecord record) {
        Member member = record.member();
        out.text(member.name());
        out.long8(member.bootId());
        out.number(member.incarnation());
        writeState(out, member.state());
        out.address(member.address());
        write(out, member.metadata());
        out.byte1(record.returns());
        out.byte1(record.wire().min());
        out.byte1(record.wire().max());
        out.byte1(record.keys().size());
        record.keys().forEach(out::int4);
    }

    static MemberRecord readRecord(WireReader in) {
        in.charge(Footprint.RECORD_BYTES);
        String name = in.name(Member.NAME_LIMIT_BYTES);
        long bootId = in.long8();
        long incarnation = in.number(Member.INCARNATION_LIMIT);
        MemberState state = readState(in);
        in.charge(Footprint.ofState(state));
        InetSocketAddress address = in.address();
        Member member = new Member(name, bootId, incarnation, state, address, readMetadata(in));
        int returns = in.byte1();
        WireVersions wire = new WireVersions(in.byte1(), in.byte1());
        return new MemberRecord(member, returns, wire, readKeys(in));
    }

    private static List<Integer> readKeys(WireReader in) {
        int count = in.count(Keyring.KEYS_LIMIT, Integer.BYTES);
        in.charge(Footprint.NUMBER_BYTES * count);
        List<Integer> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(in.int4());
        }
        return keys;
    }

    static void writeState(WireWriter out, MemberState state) {
        out.byte1(STATES.indexOf(state));
    }

    static MemberState readState(WireReader in) {
        return STATES.get(in.choice(STATES.size()));
    }

    private static void write(WireWriter out, MemberMetadata metadata) {
        out.text(metadata.peerAddress());
        out.text(metadata.adminAddress());
        out.text(metadata.arbiterAddress());
        out.number(metadata.tags().size());
        for (Map.Entry<String, String> tag : metadata.tags().entrySet()) {
            out.text(tag.getKey());
            out.text(tag.getValue());
        }
        out.number(metadata.weightMilli());
        out.number(metadata.slots());
        out.byte1((PARTICIPATIONS.indexOf(metadata.participation()) << 1) | (metadata.healthy() ? 1 : 0));
        out.text(metadata.softwareVersion());
        out.number(metadata.configRevision());
        out.long8(metadata.configDigest());
    }

    private static MemberMetadata readMetadata(WireReader in) {
        String peer = in.text(MemberMetadata.ADDRESS_LIMIT_BYTES);
        String admin = in.text(MemberMetadata.ADDRESS_LIMIT_BYTES);
        String arbiter = in.text(MemberMetadata.ADDRESS_LIMIT_BYTES);
        Map<String, String> tags = new TreeMap<>();
        int count = in.count(MemberMetadata.TAGS_LIMIT, 2);
        in.charge(Footprint.TAG_BYTES * count);
        for (int i = 0; i < count; i++) {
            String key = in.text(MemberMetadata.TAGS_LIMIT_BYTES);
            tags.put(key, in.text(MemberMetadata.TAGS_LIMIT_BYTES));
        }
        int weightMilli = in.number(Integer.MAX_VALUE);
        int slots = in.number(Integer.MAX_VALUE);
        int flags = in.choice(PARTICIPATIONS.size() << 1);
        return new MemberMetadata(
                peer,
                admin,
                arbiter,
                tags,
                weightMilli,
                slots,
                PARTICIPATIONS.get(flags >>> 1),
                in.text(MemberMetadata.VERSION_LIMIT_BYTES),
                in.number(),
                in.long8(),
                (flags & 1) == 1);
    }
}
