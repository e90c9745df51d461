package org.initlab.platform.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the code does not say: names, summaries and examples.
 *
 * @param operations by method and path, as {@code GET /presets}
 * @param examples of the records by their names; an array's example has one element
 * @param problems the error answers by their statuses
 */
record ApiTexts(
        Map<String, OperationText> operations, Map<String, Object> examples, Map<String, ProblemText> problems) {

    /**
     * One operation.
     *
     * @param id unique, for generated clients
     * @param status of its success; 200 where it is left out
     * @param empty the statuses of answers without a body that are not errors, and their meaning
     * @param example of its success where that is not a record
     * @param texts of other types than JSON that it answers with: an example of each
     * @param problems the error statuses that it has beside those of its kind
     */
    record OperationText(
            String id,
            String summary,
            String status,
            Map<String, String> empty,
            Object example,
            Map<String, String> texts,
            List<String> problems) {
        OperationText {
            status = status == null ? "200" : status;
            texts = texts == null ? Map.of() : texts;
            problems = problems == null ? List.of() : problems;
            empty = empty == null ? Map.of() : empty;
        }
    }

    /** One error status. */
    record ProblemText(String description, Object example) {}

    static ApiTexts load(JsonMapper json) {
        try (InputStream in = new ClassPathResource("openapi/texts.json").getInputStream()) {
            return json.readValue(in, ApiTexts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<OperationText> operation(String method, String path) {
        return Optional.ofNullable(operations.get(method + " " + path));
    }
}
