------------------------------ MODULE arbiters ------------------------------
(* Question: can two claims be in force at once while the list of arbiters changes?

   The lists are numbered; every request carries the number it was made for, and a book serves its own number alone.
   A change goes: the books of the old list move on, each on its disk (from then on they refuse the old number); the new
   arbiter copies a majority of the old list's books that have moved on, and votes. No other step is needed: the old
   number has lost its majority by then, and a majority of the new list either has moved on too or holds the copy.
   Tries are those of claims.tla with fewer steps, and lose nothing by it (README.md, "Fewer steps"): a try that will be
   granted reads its majority in one step; any other one writes to fewer books, all of whose claims are over, under any
   token above theirs. *)
EXTENDS Naturals, FiniteSets, Sequences, TLC

CONSTANTS
    a1, a2, a3, a4, a5,   \* arbiters
    Change,     \* "one": one arbiter is replaced; "two": one, then another; "both": both in one step; "grow": one to three
    T,          \* tries
    Numbered,   \* TRUE: a book serves requests of its own number alone; FALSE: any request, as with lists in config files
    CopyMoved,  \* TRUE: a new arbiter copies books that have moved on; FALSE: books as they are
    InTurn      \* TRUE: a change begins only when a majority of the last list serves its number; FALSE: at any time

VARIABLES
    book, number, votes,   \* per arbiter: claims held, number of the list that it serves, whether it votes
    tx,                    \* per try: list and token, books that still hold what it read there, books that have accepted it
    over, run,             \* as in claims.tla
    copied                 \* per new arbiter: whom it has copied, and the claims found there
vars == <<book, number, votes, tx, over, run, copied>>

\* The list under each number, oldest first.
Lists == CASE Change = "one" -> <<{a1, a2, a3}, {a4, a2, a3}>>
           [] Change = "two" -> <<{a1, a2, a3}, {a4, a2, a3}, {a4, a5, a3}>>
           [] Change = "both" -> <<{a1, a2, a3}, {a4, a5, a3}>>
           [] Change = "grow" -> <<{a1}, {a1, a2, a3}>>
A == UNION {Lists[i] : i \in DOMAIN Lists}
Majority(i) == Cardinality(Lists[i]) \div 2 + 1
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Fresh == [at |-> "new", list |-> 0, token |-> 0, left |-> {}, acks |-> {}]
Nothing == [from |-> {}, claims |-> {}]
Token(claims) == Max({0} \cup {tx[c].token : c \in claims})
Serves(a, i) == votes[a] /\ a \in Lists[i] /\ (Numbered => number[a] = i)
\* A try of which nothing more can come is forgotten but for its token.
Rest(x, isOver) ==
    IF x.at # "write" THEN x
    ELSE LET lost == isOver \/ Cardinality(x.left \cup x.acks) < Majority(x.list)
         IN  IF lost /\ x.left = {} THEN [Fresh EXCEPT !.at = "spent", !.token = x.token]
             ELSE IF lost THEN [x EXCEPT !.acks = {}] ELSE x

Init == /\ book = [a \in A |-> {}] /\ number = [a \in A |-> 1] /\ votes = [a \in A |-> a \in Lists[1]]
        /\ tx = [t \in T |-> Fresh] /\ over = {} /\ run = {} /\ copied = [a \in A |-> Nothing]

Decide(t, i, books) ==
    /\ tx[t].at = "new" /\ books # {} /\ Cardinality(books) <= Majority(i)
    /\ \A a \in books : Serves(a, i) /\ book[a] \subseteq over
    /\ LET above == Token(UNION {book[a] : a \in books}) + 1
       IN  \E token \in above..(IF Cardinality(books) = Majority(i) THEN above ELSE Cardinality(T)) :
               tx' = [tx EXCEPT ![t] = [at |-> "write", list |-> i, token |-> token, left |-> books, acks |-> {}]]
    /\ UNCHANGED <<book, number, votes, over, run, copied>>
WriteBook(t, a) ==
    /\ tx[t].at = "write" /\ a \in tx[t].left
    /\ book' = [book EXCEPT ![a] = {t}]
    /\ tx' = [u \in T |-> Rest([tx[u] EXCEPT !.left = @ \ {a}, !.acks = IF u = t THEN @ \cup {a} ELSE @], u \in over)]
    /\ UNCHANGED <<number, votes, over, run, copied>>
Start(t) ==
    /\ tx[t].at = "write" /\ Cardinality(tx[t].acks) >= Majority(tx[t].list) /\ t \notin over
    /\ run' = run \cup {t} /\ tx' = [tx EXCEPT ![t] = [Fresh EXCEPT !.at = "started", !.token = tx[t].token]]
    /\ UNCHANGED <<book, number, votes, over, copied>>
End(t) ==
    /\ t \notin over /\ tx[t].at \in {"write", "started"}
    /\ over' = over \cup {t} /\ run' = run \ {t} /\ tx' = [tx EXCEPT ![t] = Rest(@, TRUE)]
    /\ UNCHANGED <<book, number, votes, copied>>

\* A book learns of list i: it serves no earlier number from now on.
MoveOn(a, i) ==
    /\ Numbered \/ CopyMoved   \* else nobody looks at it
    /\ votes[a] /\ number[a] < i
    /\ InTurn => Cardinality({b \in Lists[i - 1] : votes[b] /\ number[b] >= i - 1}) >= Majority(i - 1)
    /\ number' = [number EXCEPT ![a] = i]
    /\ tx' = [u \in T |-> IF Numbered /\ tx[u].list < i THEN Rest([tx[u] EXCEPT !.left = @ \ {a}], u \in over) ELSE tx[u]]
    /\ UNCHANGED <<book, votes, over, run, copied>>
\* The new arbiter of list i copies one of the old.
Copy(a, b, i) ==
    /\ ~votes[a] /\ a \in Lists[i] /\ b \in Lists[i - 1] /\ votes[b] /\ b \notin copied[a].from
    /\ IF CopyMoved THEN number[b] >= i ELSE TRUE
    /\ copied' = [copied EXCEPT ![a] = [from |-> @.from \cup {b}, claims |-> @.claims \cup book[b]]]
    /\ UNCHANGED <<book, number, votes, tx, over, run>>
Vote(a, i) ==
    LET all == copied[a].claims
    IN  /\ ~votes[a] /\ a \in Lists[i] /\ Cardinality(copied[a].from) >= Majority(i - 1)
        /\ book' = [book EXCEPT ![a] = {c \in all : c \notin over \/ tx[c].token = Token(all)}]
        /\ number' = [number EXCEPT ![a] = i] /\ votes' = [votes EXCEPT ![a] = TRUE]
        /\ copied' = [copied EXCEPT ![a] = Nothing] /\ UNCHANGED <<tx, over, run>>

Next == \/ \E t \in T : \/ Start(t) \/ End(t) \/ \E a \in A : WriteBook(t, a)
                        \/ \E i \in DOMAIN Lists : \E books \in SUBSET Lists[i] : Decide(t, i, books)
        \/ \E a \in A, i \in DOMAIN Lists \ {1} : MoveOn(a, i) \/ Vote(a, i) \/ \E b \in A : Copy(a, b, i)
Spec == Init /\ [][Next]_vars

NeverTwo == Cardinality(run) <= 1
TokensGrow == \A t \in run : \A s \in T \ {t} : tx[s].at = "started" => tx[s].token < tx[t].token
\* Arbiters that are in the same lists may be exchanged.
Symmetry == Permutations(T) \cup (CASE Change = "one" -> Permutations({a2, a3})
                                    [] Change = "two" -> {}
                                    [] Change = "grow" -> Permutations({a2, a3})
                                    [] Change = "both" -> Permutations({a1, a2}) \cup Permutations({a4, a5}))
=============================================================================
