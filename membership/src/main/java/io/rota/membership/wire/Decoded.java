package io.rota.membership.wire;

import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Packet;

/** What bytes turned out to be. Immutable. */
public sealed interface Decoded {

    /** A packet. */
    record Accepted(Packet packet) implements Decoded {}

    /** Nothing that may have an effect; the kind is counted. */
    record Rejected(DropKind kind) implements Decoded {}
}
