package io.rota.hashing;

/**
 * One task that has another owner after a change than before. Immutable.
 *
 * @param taskId the task
 * @param from the owner before, "" if there was none
 * @param to the owner after, "" if there is none
 */
public record Move(String taskId, String from, String to) {}
