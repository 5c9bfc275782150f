package io.rota.torture.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Recursive descent over one document. Confined to its caller. */
final class JsonReader {
    private static final int DEPTH_LIMIT = 64;

    private final String in;
    private int at;
    private int depth;

    JsonReader(String in) {
        this.in = in;
    }

    /** @throws IllegalArgumentException if it is not JSON */
    Json document() {
        var value = value();
        space();
        require(at == in.length());
        return value;
    }

    private Json value() {
        space();
        require(at < in.length() && depth < DEPTH_LIMIT);
        depth++;
        var value = switch (in.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Text(string());
            default -> new Json.Text(word());
        };
        depth--;
        return value;
    }

    private Json object() {
        var fields = new LinkedHashMap<String, Json>();
        at++;
        while (!next('}')) {
            space();
            var name = string();
            space();
            take(':');
            fields.put(name, value());
            separator('}');
        }
        return new Json.Fields(fields);
    }

    private Json array() {
        var items = new ArrayList<Json>();
        at++;
        while (!next(']')) {
            items.add(value());
            separator(']');
        }
        return new Json.Items(items);
    }

    private void separator(char end) {
        space();
        if (at < in.length() && in.charAt(at) == ',') {
            at++;
        } else {
            require(at < in.length() && in.charAt(at) == end);
        }
    }

    private boolean next(char end) {
        space();
        require(at < in.length());
        if (in.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private String string() {
        take('"');
        var text = new StringBuilder();
        while (true) {
            require(at < in.length());
            char c = in.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        require(at < in.length());
        char c = in.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                require(at + 4 <= in.length());
                at += 4;
                yield (char) Integer.parseInt(in.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private String word() {
        int start = at;
        while (at < in.length() && (Character.isLetterOrDigit(in.charAt(at)) || "+-.".indexOf(in.charAt(at)) >= 0)) {
            at++;
        }
        require(at > start);
        return in.substring(start, at);
    }

    private void take(char c) {
        require(at < in.length() && in.charAt(at) == c);
        at++;
    }

    private void space() {
        while (at < in.length() && Character.isWhitespace(in.charAt(at))) {
            at++;
        }
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not JSON at " + at);
        }
    }
}
