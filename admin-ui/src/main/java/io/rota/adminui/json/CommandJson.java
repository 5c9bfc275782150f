package io.rota.adminui.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.List;

/** Reads the body of a command strictly: an unknown or repeated name, a value of another type or a tail is an error. */
public final class CommandJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(4).build());
    }

    private CommandJson() {}

    /**
     * The command in these bytes; an empty body is an empty object.
     *
     * @throws NotACommandException with one sentence for the caller
     */
    public static <T> T read(byte[] body, Class<T> type) {
        try {
            var read = MAPPER.readValue(body.length == 0 ? new byte[] {'{', '}'} : body, type);
            if (read == null) {
                throw new NotACommandException("The body is null instead of an object.");
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw new NotACommandException(
                    "There is no \"" + e.getPropertyName() + "\" here, only " + e.getKnownPropertyIds() + ".");
        } catch (JsonProcessingException e) {
            throw new NotACommandException("The body cannot be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }

    /** The body is no such command; the message is one sentence for the caller. */
    public static final class NotACommandException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotACommandException(String message) {
            super(message);
        }
    }
}
