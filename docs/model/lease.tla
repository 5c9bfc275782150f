-------------------------------- MODULE lease --------------------------------
(* Question: once a majority of the arbiters has revoked a lease, is it a fact that nothing runs by it, now and later?

   One node, since the leases of two nodes share nothing: arbiters record renewals and revocations by lease id. Somebody
   asks at any moment for the revocation of any lease that the node ever had. All clocks are one, in ticks; an arbiter's
   clock that runs fast is one that waits fewer ticks. Messages take no time in here: a renewal that is granted the
   moment it was sent lets the node run longest, and a node that runs for less long may stop at any moment. *)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    A,          \* arbiters
    Epochs,     \* leases of the node, one after the other (LeaseId.epoch)
    Lease,      \* length of a lease in ticks (LeaseKeeper.LEASE_NANOS)
    Patience,   \* ticks without a renewal after which an arbiter revokes (MemoryBook.REVOKE_AFTER_NANOS, by its own clock)
    Faults,     \* how many arbiters restart or lose their disk
    Kinds,      \* subset of {"restart", "wipe"}
    Durable,    \* TRUE: revocations outlive a restart
    Grace,      \* TRUE: a restarted or refilled arbiter counts every lease as renewed now
    FromSend,   \* TRUE: the lease is counted from before the renewal was sent; FALSE: from when its answers are there
    Latch,      \* TRUE: a lease that has lapsed is never extended
    Reap,       \* TRUE: the next lease is taken only when no child of the last is left
    HeldFirst,  \* TRUE: a node claims only under a lease that was granted before; FALSE: the claim may be there first
    ById,       \* TRUE: revoked is a lease id; FALSE: the node
    CopyVotes,  \* TRUE: a refilled arbiter takes over the revocations of the others
    Wait,       \* TRUE: an emptied arbiter votes only when no question that it has answered is still counted
    Frozen,     \* TRUE: an arbiter may freeze between the look at its clock and the record of the renewal
    NeverBack   \* TRUE: a record of a renewal never replaces a later one

VARIABLES
    epoch,      \* the node's lease (LeaseKeeper.epoch)
    state,      \* "new": never granted; "held"; "lapsed" (LeaseKeeper.held, isLapsed)
    until,      \* ticks left until the guard kills (GuardServer.leaseUntilNanos, Lease.deadlineNanos)
    child,      \* the lease by which a process runs, 0 for none
    ack,        \* per arbiter, for how many ticks its latest answer is worth something to the node (LeaseKeeper.rounds)
    patience,   \* per arbiter and lease, ticks until it may revoke (MemoryBook.renewedAt)
    revoked,    \* per arbiter (MemoryBook.revoked)
    stuck,      \* per arbiter, the record that a frozen request is about to write; 0 for none
    question,   \* the lease that is asked about, and who has said "revoked" so far
    over,       \* leases that a majority has revoked
    blank, faults
vars == <<epoch, state, until, child, ack, patience, revoked, stuck, question, over, blank, faults>>

E == 1..Epochs
Majority == Cardinality(A) \div 2 + 1
Less(x) == IF x = 0 THEN 0 ELSE x - 1
Larger(x, y) == IF x > y THEN x ELSE y
NoQuestion == [lease |-> 0, yes |-> {}]
\* The longest time for which answers of a majority are worth something.
Worth(f) == CHOOSE d \in 0..Lease : /\ Cardinality({a \in A : f[a] >= d}) >= Majority
                                    /\ \A e \in (d + 1)..Lease : Cardinality({a \in A : f[a] >= e}) < Majority

Init == /\ epoch = 1 /\ state = "new" /\ until = 0 /\ child = 0
        /\ ack = [a \in A |-> 0] /\ patience = [a \in A |-> [e \in E |-> 0]] /\ revoked = [a \in A |-> {}]
        /\ stuck = [a \in A |-> 0] /\ question = NoQuestion /\ over = {} /\ blank = {} /\ faults = 0

\* GuardServer.endExpired, LeaseKeeper.isLapsed: at the deadline the children are gone and the lease is lapsed.
Tick ==
    /\ until' = Less(until)
    /\ state' = IF state = "held" /\ until' = 0 THEN "lapsed" ELSE state
    /\ child' = IF until' = 0 THEN 0 ELSE child
    /\ ack' = [a \in A |-> Less(ack[a])] /\ stuck' = [a \in A |-> Less(stuck[a])]
    /\ patience' = [a \in A |-> [e \in E |-> Less(patience[a][e])]]
    /\ UNCHANGED <<epoch, revoked, question, over, blank, faults>>

\* What the node makes of the answers (LeaseKeeper.onGranted).
Hear(answers) ==
    LET worth == IF FromSend THEN Worth(answers) ELSE IF Worth(answers) > 0 THEN Lease ELSE 0
        counts == worth > until /\ (state # "lapsed" \/ ~Latch)
    IN  /\ ack' = answers
        /\ until' = IF counts THEN worth ELSE until
        /\ state' = IF counts THEN "held" ELSE state

\* MemoryBook.renew at one arbiter, and its answer.
Renew(a) ==
    /\ a \notin blank /\ epoch \notin revoked[a]
    /\ patience' = [patience EXCEPT ![a] = [e \in E |-> IF e = epoch THEN Patience ELSE IF e < epoch THEN 0 ELSE @[e]]]
    /\ Hear([ack EXCEPT ![a] = Lease])
    /\ UNCHANGED <<epoch, child, revoked, stuck, question, over, blank, faults>>

\* The answers come late: only where it matters how late.
Answer == /\ ~FromSend /\ Hear(ack) /\ UNCHANGED <<epoch, child, patience, revoked, stuck, question, over, blank, faults>>

\* NodeHandler.ofBook has read the clock for a renewal, and MemoryBook.renew goes on later.
Freeze(a) ==
    /\ Frozen /\ stuck = [b \in A |-> 0] /\ a \notin blank /\ stuck' = [stuck EXCEPT ![a] = Patience]
    /\ UNCHANGED <<epoch, state, until, child, ack, patience, revoked, question, over, blank, faults>>
Thaw(a) ==
    /\ stuck[a] > 0 /\ stuck' = [stuck EXCEPT ![a] = 0] /\ epoch \notin revoked[a]
    /\ patience' = [patience EXCEPT ![a][epoch] = IF NeverBack THEN Larger(@, stuck[a]) ELSE stuck[a]]
    /\ UNCHANGED <<epoch, state, until, child, ack, revoked, question, over, blank, faults>>

\* A claim under this lease was granted (Scheduler.onClaim, GuardServer.start).
Start == /\ child = 0 /\ state = "held" /\ until > 0 /\ child' = epoch
         /\ UNCHANGED <<epoch, state, until, ack, patience, revoked, stuck, question, over, blank, faults>>
Stop == /\ child # 0 /\ child' = 0
        /\ UNCHANGED <<epoch, state, until, ack, patience, revoked, stuck, question, over, blank, faults>>

\* Scheduler.tick, LeaseKeeper.nextEpoch: the node may do so whenever no child is left, lapsed or not.
NextEpoch ==
    /\ epoch < Epochs /\ (Reap => child = 0) /\ state # "new"
    /\ epoch' = epoch + 1 /\ state' = "new" /\ until' = (IF child = 0 THEN 0 ELSE until)
    /\ ack' = [a \in A |-> 0] /\ stuck' = [a \in A |-> 0]
    /\ UNCHANGED <<child, patience, revoked, question, over, blank, faults>>

\* QuorumBooks.revoke, MemoryBook.revoke: one arbiter is asked, and answers when the revocation is on its disk.
AskRevoke(a, e) ==
    /\ a \notin blank /\ (e < epoch \/ (e = epoch /\ (HeldFirst => state # "new"))) /\ e \notin over /\ question.lease \in {0, e} /\ a \notin question.yes
    /\ LET known == IF ById THEN e \in revoked[a] ELSE revoked[a] # {}
           yes == question.yes \cup {a}
       IN  /\ known \/ patience[a][e] = 0
           /\ revoked' = IF known THEN revoked ELSE [revoked EXCEPT ![a] = @ \cup {e}]
           /\ over' = IF Cardinality(yes) >= Majority THEN over \cup {e} ELSE over
           /\ question' = IF Cardinality(yes) >= Majority THEN NoQuestion ELSE [lease |-> e, yes |-> yes]
    /\ UNCHANGED <<epoch, state, until, child, ack, patience, stuck, blank, faults>>
\* QuorumBooks.ROUND_LIMIT: what was answered is counted no longer.
EndQuestion == /\ question # NoQuestion /\ question' = NoQuestion
               /\ UNCHANGED <<epoch, state, until, child, ack, patience, revoked, stuck, over, blank, faults>>

Begun(a) == patience' = [patience EXCEPT ![a] = [e \in E |-> IF Grace /\ e <= epoch THEN Patience ELSE 0]]
\* SqliteFile.load, ArbiterSeat.start: renewals were in memory only.
Restart(a) ==
    /\ "restart" \in Kinds /\ faults < Faults /\ faults' = faults + 1 /\ Begun(a)
    /\ revoked' = IF Durable THEN revoked ELSE [revoked EXCEPT ![a] = {}]
    /\ stuck' = [stuck EXCEPT ![a] = 0]
    /\ UNCHANGED <<epoch, state, until, child, ack, question, over, blank>>
Wipe(a) ==
    /\ "wipe" \in Kinds /\ faults < Faults /\ faults' = faults + 1 /\ blank = {} /\ blank' = {a}
    /\ revoked' = [revoked EXCEPT ![a] = {}] /\ stuck' = [stuck EXCEPT ![a] = 0]
    /\ patience' = [patience EXCEPT ![a] = [e \in E |-> 0]]
    /\ UNCHANGED <<epoch, state, until, child, ack, question, over>>
\* ArbiterSeat.decideToVote: MemoryBook.refill copies no revocation, MemoryBook.vote begins the patience anew.
Vote(a) ==
    /\ a \in blank /\ (Wait => a \notin question.yes) /\ blank' = {} /\ Begun(a)
    /\ revoked' = [revoked EXCEPT ![a] = IF CopyVotes THEN UNION {revoked[b] : b \in A \ {a}} ELSE {}]
    /\ UNCHANGED <<epoch, state, until, child, ack, stuck, question, over, faults>>

Next == \/ Tick \/ Answer \/ Start \/ Stop \/ NextEpoch \/ EndQuestion
        \/ \E a \in A : Renew(a) \/ Freeze(a) \/ Thaw(a) \/ Restart(a) \/ Wipe(a) \/ Vote(a)
        \/ \E a \in A, e \in E : AskRevoke(a, e)
Spec == Init /\ [][Next]_vars

RevokedMeansOver == child \notin over
Symmetry == Permutations(A)
=============================================================================
