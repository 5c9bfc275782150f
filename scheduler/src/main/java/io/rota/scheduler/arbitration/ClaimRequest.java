package io.rota.scheduler.arbitration;

/**
 * A node asks for a right. Every try has a fresh claim id.
 *
 * @param claimId names this try
 * @param lease the lease under which it would live
 * @param purpose what it is for
 */
public record ClaimRequest(String claimId, LeaseId lease, Purpose purpose) {}
