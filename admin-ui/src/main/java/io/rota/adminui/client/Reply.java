package io.rota.adminui.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node answered, or a part of it: a resource, or a problem as RFC 9457 shapes it where the status is 400 or more. A
 * field that is not there is empty. Immutable.
 */
public final class Reply {
    private final int status;
    private final JsonNode body;

    Reply(int status, JsonNode body) {
        this.status = status;
        this.body = body;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** True if the node did what it was told. */
    public boolean isDone() {
        return status < 300;
    }

    /** A plain field; empty if it is not there. */
    public String text(String field) {
        var value = body.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    /** True if the field is true. */
    public boolean flag(String field) {
        return body.path(field).asBoolean(false);
    }

    /** A list of plain values. */
    public List<String> texts(String field) {
        var texts = new ArrayList<String>();
        body.path(field).forEach(value -> texts.add(value.asText()));
        return List.copyOf(texts);
    }

    /** A list of objects. */
    public List<Reply> items(String field) {
        var items = new ArrayList<Reply>();
        body.path(field).forEach(value -> items.add(new Reply(status, value)));
        return List.copyOf(items);
    }
}
