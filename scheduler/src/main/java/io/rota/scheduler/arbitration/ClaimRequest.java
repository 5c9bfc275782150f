package io.rota.scheduler.arbitration;

/**
 * A node asks for the right to run a task. Every try has a fresh claim id.
 *
 * @param claimId names this try
 * @param task task name
 * @param lease the lease under which the run would live
 * @param runId the run it is for
 * @param specHash fingerprint of the definition
 */
public record ClaimRequest(String claimId, String task, LeaseId lease, String runId, long specHash) {}
