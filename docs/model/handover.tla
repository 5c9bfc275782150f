------------------------------ MODULE handover ------------------------------
(* Question: level ring, no arbiters: can two nodes that can talk run one task at once, whatever their rings say?

   A node that joins knows everybody who joined before it; they learn of it at any later time. The ring of each node
   gives it the task and takes it away at any moment. Messages may be slow and lost; an answer counts only for the
   question that is open (Engine.Ask.number). *)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    N,            \* members
    Generations,  \* TRUE: whoever has yielded counts no answer to a question of before (TaskDuty.generation)
    AskAnew,      \* TRUE: whoever has yielded asks all others again before it runs the task
    KnowAsker     \* TRUE: a node yields only to members that it knows, and so will ask in its turn

VARIABLES
    knows,        \* per member, the others that it knows (Engine.others); {itself} before it has joined
    owned,        \* members to which their own ring gives the task (TaskDuty.owned)
    asking,       \* members that must hear from others before they may run it (TaskDuty.asking)
    answered,     \* per member, who has answered in this generation (TaskDuty.answered)
    link,         \* per asker and asked: "" no open question, "asked", "yes" answered and under way,
                  \* "old" and "old yes" the same for a question of an earlier generation
    run           \* members on which the task runs
vars == <<knows, owned, asking, answered, link, run>>

Joined == {n \in N : n \notin knows[n]}
Init == /\ knows = [n \in N |-> {n}] /\ owned = {} /\ asking = {} /\ answered = [n \in N |-> {}]
        /\ link = [n \in N |-> [m \in N |-> ""]] /\ run = {}

Join(n) == /\ n \notin Joined /\ knows' = [knows EXCEPT ![n] = Joined] /\ UNCHANGED <<owned, asking, answered, link, run>>
Learn(n, m) == /\ {n, m} \subseteq Joined /\ n # m /\ m \notin knows[n] /\ knows' = [knows EXCEPT ![n] = @ \cup {m}]
               /\ UNCHANGED <<owned, asking, answered, link, run>>

\* TaskDuty.voidPermissions
Aged(links) == [m \in N |-> CASE ~Generations -> links[m] [] links[m] = "asked" -> "old" [] links[m] = "yes" -> "old yes"
                             [] OTHER -> links[m]]
\* TaskDuty.retarget
Own(n) == /\ n \in Joined \ owned /\ owned' = owned \cup {n} /\ asking' = asking \cup {n}
          /\ answered' = [answered EXCEPT ![n] = {}] /\ link' = [link EXCEPT ![n] = Aged(@)] /\ UNCHANGED <<knows, run>>
Disown(n) == /\ n \in owned /\ owned' = owned \ {n} /\ asking' = asking \ {n}
             /\ answered' = [answered EXCEPT ![n] = {}] /\ link' = [link EXCEPT ![n] = Aged(@)] /\ UNCHANGED <<knows, run>>

\* HandOver.ask: one open question for each member.
Ask(n, m) == /\ n \in asking /\ m \in knows[n] \ answered[n] /\ link[n][m] = "" /\ link' = [link EXCEPT ![n][m] = "asked"]
             /\ UNCHANGED <<knows, owned, asking, answered, run>>
\* TaskDuty.yieldAsked: a service is stopped; a finite run ends by itself.
Stop(n) == /\ n \in run /\ run' = run \ {n} /\ UNCHANGED <<knows, owned, asking, answered, link>>
\* HandOver.answer, TaskDuty.yieldAnswered: m does not run it, says so, and asks anew before it runs it again.
Yield(n, m) ==
    /\ link[n][m] \in {"asked", "old"} /\ m \notin run /\ (KnowAsker => n \in knows[m])
    /\ LET void == m \in owned /\ AskAnew
       IN  /\ asking' = IF void THEN asking \cup {m} ELSE asking
           /\ answered' = IF void THEN [answered EXCEPT ![m] = {}] ELSE answered
           /\ link' = [k \in N |-> CASE k = n -> [link[n] EXCEPT ![m] = IF @ = "asked" THEN "yes" ELSE "old yes"]
                                   [] k = m /\ void -> Aged(link[m])
                                   [] OTHER -> link[k]]
    /\ UNCHANGED <<knows, owned, run>>
\* Engine.onYieldAnswered, TaskDuty.granted
Hear(n, m) == /\ link[n][m] \in {"yes", "old yes"} /\ link' = [link EXCEPT ![n][m] = ""]
              /\ answered' = IF link[n][m] = "yes" /\ n \in asking THEN [answered EXCEPT ![n] = @ \cup {m}] ELSE answered
              /\ UNCHANGED <<knows, owned, asking, run>>
\* The call failed or took too long. Its request may still be there: to yield once more voids only more.
Lose(n, m) == /\ link[n][m] # "" /\ link' = [link EXCEPT ![n][m] = ""] /\ UNCHANGED <<knows, owned, asking, answered, run>>
\* TaskDuty.advance
Start(n) == /\ n \in owned \ run /\ (n \in asking => knows[n] \subseteq answered[n])
            /\ asking' = asking \ {n} /\ run' = run \cup {n} /\ UNCHANGED <<knows, owned, answered, link>>

Next == \/ \E n \in N : Join(n) \/ Own(n) \/ Disown(n) \/ Stop(n) \/ Start(n)
        \/ \E n, m \in N : Learn(n, m) \/ Ask(n, m) \/ Yield(n, m) \/ Hear(n, m) \/ Lose(n, m)
Spec == Init /\ [][Next]_vars

NeverTwo == Cardinality(run) <= 1
Symmetry == Permutations(N)
=============================================================================
