package io.rota.adminui.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An error as RFC 9457 shapes it.
 *
 * @param type stable relative URI of the kind of problem
 * @param title the kind in words, the same for every occurrence
 * @param status HTTP status code
 * @param detail what happened this time and what to do
 * @param errors each thing that is wrong, with its place; left out where there is no such list
 */
public record ProblemJson(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> errors) {
    public ProblemJson {
        errors = List.copyOf(errors);
    }
}
