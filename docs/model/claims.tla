------------------------------- MODULE claims -------------------------------
(* Question: can two claims of one task be in force at once, whatever the arbiters' books go through?

   There is no lock, no clock and no node in here: safety must rest on the books alone. T is the set of tries: each is
   one Arbiter.decide with a claim id of its own, so a try IS its claim, and any node may be behind it. A claim is over
   when its run has ended for good or can never begin; that this is known for a fact (release by the holder, death
   word, lease revoked by a majority) is what lease.tla and certificate.tla show. Each step is one message handled by
   one book: neither reading nor writing a majority is atomic, and a write may land long after its try was given up. *)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    A,         \* arbiters, each with its book
    T,         \* tries
    Wipes,     \* how many times a disk is lost
    Cas,       \* TRUE: a book accepts a claim only if it holds exactly what the try read there; FALSE: any higher token
    ReadSize,  \* how many books are read: a majority
    AllOver,   \* TRUE: every claim that was read must be over; FALSE: only one with the highest token
    Refill,    \* "open": an emptied book copies every claim that is not over; "highest": one of the highest token alone;
               \* "none": it votes as if it were new
    Wait,      \* TRUE: an emptied book copies only when no try that it had answered can be granted any more
    SameId     \* tries of one node, one after the other, that bear one name where their tokens are equal; {}: none do

VARIABLES
    book,      \* per arbiter, the claims that its book holds (MemoryBook.entries)
    tx,        \* per try, what its arbiter knows of it
    over,      \* claims that are over: a fact
    run,       \* claims under which a process runs
    blank,     \* arbiters whose book is empty and does not vote (Book.State.EMPTY)
    copied,    \* what the blank one has copied so far
    wipes
vars == <<book, tx, over, run, blank, copied, wipes>>

Majority == Cardinality(A) \div 2 + 1
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Nothing == <<>>
Fresh == [at |-> "read", seen |-> Nothing, token |-> 0, left |-> {}, acks |-> {}]
With(f, a, v) == [x \in DOMAIN f \cup {a} |-> IF x = a THEN v ELSE f[x]]
Token(claims) == Max({0} \cup {tx[c].token : c \in claims})
Read(t) == UNION {tx[t].seen[a] : a \in DOMAIN tx[t].seen}

\* A claim counts as over by its name, and the name is all that a release bears.
IsOver(c) == \/ c \in over
             \/ c \in SameId /\ \E o \in SameId \cap over : tx[o].token = tx[c].token

Init == /\ book = [a \in A |-> {}] /\ tx = [t \in T |-> Fresh]
        /\ over = {} /\ run = {} /\ blank = {} /\ copied = Nothing /\ wipes = 0

\* QuorumBooks.read, MemoryBook.read: one book answers.
ReadBook(t, a) ==
    /\ tx[t].at = "read" /\ a \notin DOMAIN tx[t].seen /\ Cardinality(DOMAIN tx[t].seen) < ReadSize /\ a \notin blank
    /\ t \in SameId => \A o \in SameId : o = t \/ o \in over \/ tx[o] = Fresh
    /\ tx' = [tx EXCEPT ![t].seen = With(@, a, book[a])]
    /\ UNCHANGED <<book, over, run, blank, copied, wipes>>

\* Arbiter.decideByBooks: every claim that was read is over, so the next token may be written to the books that were read.
Decide(t) ==
    LET claims == Read(t)
        highest == {c \in claims : tx[c].token = Token(claims)}
    IN  /\ tx[t].at = "read" /\ Cardinality(DOMAIN tx[t].seen) = ReadSize
        /\ IF AllOver THEN \A c \in claims : IsOver(c) ELSE claims = {} \/ \E c \in highest : IsOver(c)
        /\ tx' = [tx EXCEPT ![t].at = "write", ![t].token = Token(claims) + 1,
                            ![t].left = IF Cas /\ ReadSize >= Majority THEN DOMAIN tx[t].seen ELSE A]
        /\ UNCHANGED <<book, over, run, blank, copied, wipes>>

\* QuorumBooks.write, MemoryBook.write: one book compares and sets. What it answers may come too late to be counted.
WriteBook(t, a) ==
    /\ tx[t].at = "write" /\ a \in tx[t].left
    /\ LET accepted == /\ a \notin blank
                       /\ IF Cas /\ a \in DOMAIN tx[t].seen THEN book[a] = tx[t].seen[a]
                          ELSE tx[t].token > Token(book[a])
           spent == tx[t].left = {a} /\ (t \in over \/ Cardinality(tx[t].acks) + 1 < Majority)
       IN  /\ book' = IF accepted THEN [book EXCEPT ![a] = {t}] ELSE book
           /\ tx' = [tx EXCEPT ![t] = IF spent THEN [Fresh EXCEPT !.at = "spent", !.token = tx[t].token]
                                      ELSE [tx[t] EXCEPT !.left = @ \ {a}, !.acks = IF accepted THEN @ \cup {a} ELSE @]]
    /\ UNCHANGED <<over, run, blank, copied, wipes>>

\* ClaimDecision.Granted reaches the node while it still waits for this try (Engine.onClaimAnswered): the run starts.
Start(t) ==
    /\ tx[t].at = "write" /\ Cardinality(tx[t].acks) >= Majority /\ t \notin over
    /\ run' = run \cup {t} /\ tx' = [tx EXCEPT ![t] = [Fresh EXCEPT !.at = "started", !.token = tx[t].token]]
    /\ UNCHANGED <<book, over, blank, copied, wipes>>

\* The run has ended, or the try was given up (Claiming.release), or the node is dead or its lease lapsed. Writes that
\* are under way still land.
End(t) ==
    /\ t \notin over /\ tx[t] # Fresh
    /\ over' = over \cup {t} /\ run' = run \ {t}
    /\ tx' = IF tx[t].at = "read" THEN [tx EXCEPT ![t] = [Fresh EXCEPT !.at = "spent"]] ELSE tx
    /\ UNCHANGED <<book, blank, copied, wipes>>

\* A disk is lost, or a damaged file was set aside (SqliteBook.setAside).
Wipe(a) ==
    /\ wipes < Wipes /\ blank = {} /\ wipes' = wipes + 1
    /\ book' = [book EXCEPT ![a] = {}] /\ blank' = (IF Refill = "none" THEN {} ELSE {a})
    /\ UNCHANGED <<tx, over, run, copied>>

\* ArbiterSeat.prepareToVote: one of the others hands over its content (MemoryBook.copy).
Copy(a, b) ==
    /\ a \in blank /\ b \notin blank /\ b \notin DOMAIN copied
    /\ Wait => \A t \in T : tx[t].at \in {"read", "write"} /\ a \in DOMAIN tx[t].seen => t \in over
    /\ copied' = With(copied, b, book[b])
    /\ UNCHANGED <<book, tx, over, run, blank, wipes>>

\* ArbiterSeat.decideToVote, MemoryBook.refill (BookEntry.merge), MemoryBook.vote.
Vote(a) ==
    LET all == UNION {copied[b] : b \in DOMAIN copied}
        highest == {c \in all : tx[c].token = Token(all)}
    IN  /\ a \in blank /\ Cardinality(DOMAIN copied) >= Majority
        /\ \E kept \in IF Refill = "open" \/ all = {} THEN {highest \cup {c \in all : c \notin over}}
                       ELSE {{c} : c \in highest} :
               book' = [book EXCEPT ![a] = kept]
        /\ blank' = blank \ {a} /\ copied' = Nothing
        /\ UNCHANGED <<tx, over, run, wipes>>

Next == \/ \E t \in T : Decide(t) \/ Start(t) \/ End(t) \/ \E a \in A : ReadBook(t, a) \/ WriteBook(t, a)
        \/ \E a \in A : Wipe(a) \/ Vote(a) \/ \E b \in A : Copy(a, b)
Spec == Init /\ [][Next]_vars

NeverTwo == Cardinality(run) <= 1
\* What runs has a higher token than everything that ever ran before it.
TokensGrow == \A t \in run : \A s \in T \ {t} : tx[s].at = "started" => tx[s].token < tx[t].token
Symmetry == Permutations(A) \cup (IF SameId = {} THEN Permutations(T) ELSE {})
=============================================================================
