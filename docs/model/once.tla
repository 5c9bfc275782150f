-------------------------------- MODULE once --------------------------------
(* Question: level once: does an occurrence start at most once, unless somebody has decided "not done" about the start
   before?

   One occurrence. A book holds one record for it: the claim and how far its run came. A claim that is over and has
   written its intent is in doubt: probe or person decides about that claim, by its id. Tries, books and "over" are those
   of claims.tla; a try that will be granted reads its majority in one step, any other one reads and writes fewer books
   (README.md, "Fewer steps"). Tokens are left out: compare and set needs none. *)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    A, T,           \* arbiters, tries
    IntentFirst,    \* TRUE: the run starts when its intent is on a majority; FALSE: when its claim is
    IntentOn,       \* how many books must have the intent: a majority
    OneRecord,      \* TRUE: the intent is part of the record that is compared and set; FALSE: a record of its own
    AnyIntent,      \* TRUE: an intent that any book read shows counts; FALSE: only if all of them show it
    ByClaim         \* TRUE: a decision names the claim that it is about; FALSE: the occurrence

VARIABLES
    book,           \* per arbiter, the claim it holds and "claim", "intent" or "done"
    tx,             \* per try: books that still hold what it read there or wrote, books that accepted it, what it read
    over, run,      \* as in claims.tla
    started,        \* claims whose run has ever started
    undone          \* claims about which "not done" was decided
vars == <<book, tx, over, run, started, undone>>

Majority == Cardinality(A) \div 2 + 1
Nobody == [by |-> {}, at |-> "claim"]
Fresh == [at |-> "new", left |-> {}, acks |-> {}, claims |-> {}, intents |-> {}]
Spent == [Fresh EXCEPT !.at = "spent"]

Init == /\ book = [a \in A |-> Nobody] /\ tx = [t \in T |-> Fresh]
        /\ over = {} /\ run = {} /\ started = {} /\ undone = {}

\* What stands in a majority or in fewer books; a finished occurrence is left alone.
Read(t, books) ==
    /\ tx[t].at = "new" /\ books # {} /\ Cardinality(books) <= Majority /\ \A a \in books : book[a].at # "done"
    /\ LET intents == {a \in books : book[a].at = "intent"}
           counted == IF AnyIntent \/ intents = books THEN intents ELSE {}
       IN  tx' = [tx EXCEPT ![t] = [at |-> "read", left |-> books, acks |-> {},
                                    claims |-> UNION {book[a].by : a \in books},
                                    intents |-> UNION {book[a].by : a \in counted}]]
    /\ UNCHANGED <<book, over, run, started, undone>>
Decide(t) ==
    /\ tx[t].at = "read" /\ tx[t].claims \subseteq over
    /\ IF ByClaim THEN tx[t].intents \subseteq undone ELSE tx[t].intents = {} \/ undone # {}
    /\ tx' = [tx EXCEPT ![t].at = "claim", ![t].claims = {}, ![t].intents = {}]
    /\ UNCHANGED <<book, over, run, started, undone>>

\* One book takes a record of t; whoever else has read it there will be refused.
Put(t, a, at, accepted) ==
    /\ book' = [book EXCEPT ![a] = [by |-> {t}, at |-> at]]
    /\ tx' = [u \in T |-> IF u = t THEN accepted ELSE IF ~OneRecord /\ at = "intent" THEN tx[u]
                          ELSE [tx[u] EXCEPT !.left = @ \ {a}]]
WriteClaim(t, a) ==
    /\ tx[t].at = "claim" /\ a \in tx[t].left
    /\ Put(t, a, "claim", [tx[t] EXCEPT !.left = @ \ {a}, !.acks = @ \cup {a}])
    /\ UNCHANGED <<over, run, started, undone>>
\* The claim is on a majority: the node writes its intent to the same books, each of which must still hold the claim.
Granted(t) ==
    /\ tx[t].at = "claim" /\ Cardinality(tx[t].acks) >= Majority /\ t \notin over
    /\ tx' = [tx EXCEPT ![t] = [Fresh EXCEPT !.at = "intent", !.left = {a \in tx[t].acks : book[a].by = {t}}]]
    /\ UNCHANGED <<book, over, run, started, undone>>
WriteIntent(t, a) ==
    /\ tx[t].at \in {"intent", "started"} /\ a \in tx[t].left
    /\ Put(t, a, "intent", [tx[t] EXCEPT !.left = @ \ {a}, !.acks = @ \cup {a}])
    /\ UNCHANGED <<over, run, started, undone>>
Start(t) ==
    /\ tx[t].at = "intent" /\ t \notin over /\ (IntentFirst => Cardinality(tx[t].acks) >= IntentOn)
    /\ run' = run \cup {t} /\ started' = started \cup {t} /\ tx' = [tx EXCEPT ![t].at = "started"]
    /\ UNCHANGED <<book, over, undone>>
\* The run ends, or the node crashes, or the try is given up: what is under way may still land.
End(t) ==
    /\ t \notin over /\ tx[t].at # "new" /\ over' = over \cup {t} /\ run' = run \ {t}
    /\ tx' = IF tx[t].at = "read" THEN [tx EXCEPT ![t] = Spent] ELSE tx
    /\ UNCHANGED <<book, started, undone>>
\* A terminal record follows the claim of the same id, and no other.
Finish(t, a) ==
    /\ t \in started \cap over /\ book[a] = [by |-> {t}, at |-> "intent"] /\ Put(t, a, "done", tx[t])
    /\ UNCHANGED <<over, run, started, undone>>
\* Probe or person, about a claim that is in doubt.
NotDone(t) == /\ t \in over /\ \E a \in A : book[a] = [by |-> {t}, at |-> "intent"] /\ undone' = undone \cup {t}
              /\ UNCHANGED <<book, tx, over, run, started>>

Next == \E t \in T : \/ Decide(t) \/ Granted(t) \/ Start(t) \/ End(t) \/ NotDone(t)
                     \/ \E a \in A : WriteClaim(t, a) \/ WriteIntent(t, a) \/ Finish(t, a)
                     \/ \E books \in SUBSET A : Read(t, books)
Spec == Init /\ [][Next]_vars

NeverTwo == Cardinality(run) <= 1
AtMostOnce == Cardinality(started \ undone) <= 1
Symmetry == Permutations(A) \cup Permutations(T)
=============================================================================
