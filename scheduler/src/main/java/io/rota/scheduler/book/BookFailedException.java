package io.rota.scheduler.book;

/**
 * The book's file cannot be trusted any more (disk full, read-only, I/O error). Nothing was acknowledged; the book stays
 * silent until the node is started anew.
 */
public final class BookFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BookFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
