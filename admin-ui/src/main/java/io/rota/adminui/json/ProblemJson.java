package io.rota.adminui.json;

/**
 * An error as RFC 9457 shapes it.
 *
 * @param type stable relative URI of the kind of problem
 * @param title the kind in words, the same for every occurrence
 * @param status HTTP status code
 * @param detail what happened this time and what to do
 */
public record ProblemJson(String type, String title, int status, String detail) {}
