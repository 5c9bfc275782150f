----------------------------- MODULE certificate -----------------------------
(* Question: once a guard has signed the death word for a boot of its node, is it a fact that nothing of that boot runs,
   now and later?

   One boot of one node, its guards one after the other, its task processes. Any of them may die or be frozen at any
   moment: frozen is what takes no step. A process may outlive its guard. *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Guards,        \* how many guards the node starts at most
    Children,      \* task processes
    NodeGone,      \* TRUE: a guard whose pipe ended makes sure that the node's process is gone; FALSE: the pipe's end is enough
    Inherit,       \* TRUE: a later guard begins when no child of the earlier ones is left; FALSE: at once
    OwnBoot        \* TRUE: a boot speaks for itself alone; FALSE: a new boot of the node declares the old one over

VARIABLES
    node,          \* "up" or "gone"
    guard,         \* number of the latest guard
    alive,         \* guards that are alive
    open,          \* guards whose pipe to the node is open
    parent,        \* per child, the guard that started it, 0 if it does not run
    signed         \* the death word was given
vars == <<node, guard, alive, open, parent, signed>>

ChildrenOf(g) == {c \in Children : parent[c] = g}
Running == {c \in Children : parent[c] # 0}

Init == /\ node = "up" /\ guard = 1 /\ alive = {1} /\ open = {1} /\ parent = [c \in Children |-> 0] /\ signed = FALSE
\* GuardServer.start
Spawn(c) == /\ parent[c] = 0 /\ guard \in alive \cap open /\ node = "up" /\ parent' = [parent EXCEPT ![c] = guard]
            /\ UNCHANGED <<node, guard, alive, open, signed>>
\* A child ends, or is killed (ProcessTree.killUntilGone).
EndChild(c) == /\ parent[c] # 0 /\ parent' = [parent EXCEPT ![c] = 0] /\ UNCHANGED <<node, guard, alive, open, signed>>
\* The node's death ends the pipe; so may a fault of a node that lives.
NodeDies == /\ node = "up" /\ node' = "gone" /\ open' = {} /\ UNCHANGED <<guard, alive, parent, signed>>
PipeEnds == /\ guard \in open /\ open' = open \ {guard} /\ UNCHANGED <<node, guard, alive, parent, signed>>
GuardDies == /\ guard \in alive /\ alive' = alive \ {guard} /\ UNCHANGED <<node, guard, open, parent, signed>>
\* GuardProcess.replaceGuard: the old guard is killed, then its children, then the next one starts.
Replace == /\ node = "up" /\ guard < Guards /\ ~(guard \in alive \cap open) /\ (Inherit => Running = {})
           /\ guard' = guard + 1 /\ alive' = (alive \ {guard}) \cup {guard + 1} /\ open' = {guard + 1}
           /\ UNCHANGED <<node, parent, signed>>
\* GuardServer.endAll, ChildList.endNode and GuardCommandLine.giveWord
Sign(g) == /\ g \in alive \ open /\ (NodeGone => node = "gone") /\ ChildrenOf(g) = {} /\ signed' = TRUE
           /\ UNCHANGED <<node, guard, alive, open, parent>>
NewBoot == /\ ~OwnBoot /\ node = "gone" /\ signed' = TRUE /\ UNCHANGED <<node, guard, alive, open, parent>>

Next == \/ NodeDies \/ PipeEnds \/ GuardDies \/ Replace \/ NewBoot
        \/ \E c \in Children : Spawn(c) \/ EndChild(c)
        \/ \E g \in 1..Guards : Sign(g)
Spec == Init /\ [][Next]_vars

SignedMeansGone == signed => Running = {}
=============================================================================
