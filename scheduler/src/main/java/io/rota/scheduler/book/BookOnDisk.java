package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.BookCheck;
import io.rota.scheduler.arbitration.BookContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A book as it lies in a data directory, for a person who looks at it: read only, as of one instant, also while its node
 * runs.
 *
 * @param content what it holds
 * @param problems what is wrong with it, one line each; empty if it is sound
 */
public record BookOnDisk(BookContent content, List<String> problems) {
    public BookOnDisk {
        problems = List.copyOf(problems);
    }

    /**
     * Reads it.
     *
     * @param dir the directory {@code book} of a data directory
     * @throws IOException with one line for a person if there is no book that could be read
     */
    public static BookOnDisk read(Path dir) throws IOException {
        var path = dir.resolve(SqliteBook.FILE);
        if (!Files.exists(path)) {
            throw new IOException("there is no book at " + path + ": is that the data directory of an arbiter?");
        }
        System.setProperty("org.sqlite.tmpdir", dir.toAbsolutePath().toString());
        var problems = new ArrayList<String>();
        try (var file = SqliteFile.openToRead(path)) {
            problems.addAll(file.check());
            var content = file.load();
            problems.addAll(BookCheck.problems(content));
            return new BookOnDisk(content, problems);
        } catch (IllegalArgumentException e) {
            problems.add("the file holds what cannot be: " + e.getMessage());
            return new BookOnDisk(BookContent.BLANK, problems);
        } catch (SQLException e) {
            if (SqliteFile.isDamage(e)) {
                problems.add("the file is damaged: " + e.getMessage());
                return new BookOnDisk(BookContent.BLANK, problems);
            }
            throw new IOException("the book at " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
