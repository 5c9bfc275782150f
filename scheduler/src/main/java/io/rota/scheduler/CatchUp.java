package io.rota.scheduler;

/** What happens to occurrences that could not start in time; each of them has a record all the same. */
public enum CatchUp {
    /** None is made up for; one that is late by no more than 5 s still starts. */
    NONE,
    /** The latest of them starts, if its start deadline is not over. */
    LAST,
    /** All of them start, one after the other, oldest first: the latest 100 within their start deadline. */
    ALL
}
