-------------------------------- MODULE whole --------------------------------
(* Question: do the parts hold together: claims, leases, revocations, death words, arbiters that restart or lose their
   disk?

   The books are one register here, as claims.tla allows: a claim is written in one step, and its answer is under way
   for any time. Each node has one lease, as lease.tla allows: what comes after it is another node. *)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    A, N,        \* arbiters, nodes
    Lease, Patience, Faults, Kinds, Durable, Grace, FromSend, Wait,   \* as in lease.tla
    StartCheck,  \* TRUE: the node looks at its lease when the grant arrives; FALSE: it did so when it asked
    ProofFirst   \* TRUE: the death word comes when the processes are gone too; FALSE: when the node is

VARIABLES
    claim,       \* the node whose claim is the last, {} for none or released
    granted,     \* nodes to which a grant is under way
    run,         \* nodes on which the task runs
    held, until, ack, patience, revoked, question, blank, faults,     \* as in lease.tla, per node
    down,        \* nodes whose process is dead
    dead         \* nodes that a death word is about
vars == <<claim, granted, run, held, until, ack, patience, revoked, question, blank, faults, down, dead>>
leases == <<held, until, ack, patience, revoked, question, blank, faults>>

Majority == Cardinality(A) \div 2 + 1
Less(x) == IF x = 0 THEN 0 ELSE x - 1
Worth(f) == CHOOSE d \in 0..Lease : /\ Cardinality({a \in A : f[a] >= d}) >= Majority
                                    /\ \A e \in (d + 1)..Lease : Cardinality({a \in A : f[a] >= e}) < Majority

Init == /\ claim = {} /\ granted = {} /\ run = {} /\ held = {} /\ until = [n \in N |-> 0]
        /\ ack = [n \in N |-> [a \in A |-> 0]] /\ patience = [a \in A |-> [n \in N |-> 0]] /\ revoked = [a \in A |-> {}]
        /\ question = {} /\ blank = {} /\ faults = 0 /\ down = {} /\ dead = {}

\* The guard ends what runs when the lease does, also when the node is down.
Tick ==
    /\ until' = [n \in N |-> Less(until[n])] /\ run' = {n \in run : until'[n] > 0}
    /\ ack' = [n \in N |-> [a \in A |-> Less(ack[n][a])]]
    /\ patience' = [a \in A |-> [n \in N |-> Less(patience[a][n])]]
    /\ UNCHANGED <<claim, granted, held, revoked, question, blank, faults, down, dead>>
Hear(n, answers) ==
    LET worth == IF FromSend THEN Worth(answers) ELSE IF Worth(answers) > 0 THEN Lease ELSE 0
        counts == worth > until[n] /\ (n \notin held \/ until[n] > 0)
    IN  /\ ack' = [ack EXCEPT ![n] = answers]
        /\ until' = IF counts THEN [until EXCEPT ![n] = worth] ELSE until
        /\ held' = IF counts THEN held \cup {n} ELSE held
Renew(n, a) ==
    /\ a \notin blank /\ n \notin revoked[a] /\ n \notin down
    /\ patience' = [patience EXCEPT ![a][n] = Patience] /\ Hear(n, [ack[n] EXCEPT ![a] = Lease])
    /\ UNCHANGED <<claim, granted, run, revoked, question, blank, faults, down, dead>>
Answer(n) == /\ ~FromSend /\ n \notin down /\ Hear(n, ack[n])
             /\ UNCHANGED <<claim, granted, run, patience, revoked, question, blank, faults, down, dead>>

\* Arbiter.decideByBooks for n: the last claim is over.
Decide(n) ==
    /\ until[n] > 0 /\ n \notin claim /\ n \notin run /\ n \notin granted
    /\ claim = {} \/ claim \subseteq dead \/ Cardinality(question) >= Majority
    /\ claim' = {n} /\ granted' = granted \cup {n} /\ question' = {}
    /\ UNCHANGED <<run, held, until, ack, patience, revoked, blank, faults, down, dead>>
\* MemoryBook.revoke of the lease of the last claim at one arbiter; question: who has said yes.
AskRevoke(a) ==
    /\ a \notin blank /\ a \notin question
    /\ \E h \in claim : /\ h \in revoked[a] \/ patience[a][h] = 0
                        /\ revoked' = [revoked EXCEPT ![a] = @ \cup {h}]
    /\ question' = question \cup {a}
    /\ UNCHANGED <<claim, granted, run, held, until, ack, patience, blank, faults, down, dead>>
EndQuestion == /\ question # {} /\ question' = {}
               /\ UNCHANGED <<claim, granted, run, held, until, ack, patience, revoked, blank, faults, down, dead>>

\* Scheduler.onClaim, GuardServer.start
Start(n) == /\ n \in granted /\ n \notin down /\ (StartCheck => until[n] > 0)
            /\ granted' = granted \ {n} /\ run' = run \cup {n} /\ UNCHANGED <<claim, leases, down, dead>>
\* The run has ended or the grant was given up: the claim is released by its id, by its own boot.
Release(n) == /\ n \in granted \cup run /\ n \notin down
              /\ granted' = granted \ {n} /\ run' = run \ {n} /\ claim' = claim \ {n}
              /\ question' = (IF n \in claim THEN {} ELSE question)
              /\ UNCHANGED <<held, until, ack, patience, revoked, blank, faults, down, dead>>
Crash(n) == /\ n \notin down /\ Cardinality(down) + 1 < Cardinality(N) /\ down' = down \cup {n} /\ granted' = granted \ {n}
            /\ UNCHANGED <<claim, run, leases, dead>>
EndRun(n) == /\ n \in run \cap down /\ run' = run \ {n} /\ UNCHANGED <<claim, granted, leases, down, dead>>
Certify(n) == /\ n \in down \ dead /\ (ProofFirst => n \notin run) /\ dead' = dead \cup {n}
              /\ UNCHANGED <<claim, granted, run, leases, down>>

Begun(a) == patience' = [patience EXCEPT ![a] = [n \in N |-> IF Grace THEN Patience ELSE 0]]
Restart(a) == /\ "restart" \in Kinds /\ faults < Faults /\ faults' = faults + 1 /\ Begun(a)
              /\ revoked' = IF Durable THEN revoked ELSE [revoked EXCEPT ![a] = {}]
              /\ UNCHANGED <<claim, granted, run, held, until, ack, question, blank, down, dead>>
Wipe(a) == /\ "wipe" \in Kinds /\ faults < Faults /\ faults' = faults + 1 /\ blank = {} /\ blank' = {a}
           /\ revoked' = [revoked EXCEPT ![a] = {}] /\ patience' = [patience EXCEPT ![a] = [n \in N |-> 0]]
           /\ UNCHANGED <<claim, granted, run, held, until, ack, question, down, dead>>
Vote(a) == /\ a \in blank /\ (Wait => a \notin question) /\ blank' = {} /\ Begun(a)
           /\ UNCHANGED <<claim, granted, run, held, until, ack, revoked, question, faults, down, dead>>

Next == \/ Tick \/ EndQuestion
        \/ \E n \in N : \/ Answer(n) \/ Decide(n) \/ Start(n) \/ Release(n) \/ Crash(n) \/ EndRun(n) \/ Certify(n)
                        \/ \E a \in A : Renew(n, a)
        \/ \E a \in A : AskRevoke(a) \/ Restart(a) \/ Wipe(a) \/ Vote(a)
Spec == Init /\ [][Next]_vars

NeverTwo == Cardinality(run) <= 1
Symmetry == Permutations(A) \cup Permutations(N)
=============================================================================
