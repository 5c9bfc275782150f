package io.rota.scheduler.arbitration;

/** A next list of arbiters that somebody wants under a ballot; decided once a majority of the list before has accepted it. */
public record ListProposal(Ballot ballot, ArbiterList list) {}
