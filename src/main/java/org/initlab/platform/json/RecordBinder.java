package org.initlab.platform.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Locale;
import org.hibernate.validator.HibernateValidator;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.platform.problem.UnreadableJson;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads JSON into records and checks their constraints. Their components are strings, boxed numbers and booleans,
 * enumerations, records, sealed interfaces of records ({@link Variants}), records of a number or a name
 * ({@link NumberOrName}), JSON as it is ({@link JsonNode}), or lists of these.
 *
 * <p>It finds all faults, where Jackson's own binding ends at the first (docs/decisions/0013). Names are matched
 * exactly, {@code null} means left out, and a string with {@code @JsonFormat(shape = SCALAR)} may be a whole number.
 */
@Component
public class RecordBinder {
    private final ObjectMapper mapper;
    private final Validator validator;

    RecordBinder(ObjectMapper mapper) {
        this.mapper = mapper;
        validator = Validation.byProvider(HibernateValidator.class)
                .configure()
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()
                .getValidator();
    }

    /**
     * Reads a body.
     *
     * @throws InvalidRequestException where it is not JSON, or with all its faults where it has any
     */
    public <T extends Record> T bind(byte[] body, Class<T> type) {
        return read(body, type).orThrow();
    }

    /**
     * Reads a body and leaves its faults to the caller, who may find more.
     *
     * @throws InvalidRequestException where it is not JSON
     */
    public <T extends Record> Bound<T> read(byte[] body, Class<T> type) {
        try {
            JsonNode tree = mapper.readTree(body);
            if (tree.isMissingNode()) {
                throw new InvalidRequestException("The request needs a body.");
            }
            return read(tree, type);
        } catch (JacksonException e) {
            throw new InvalidRequestException(UnreadableJson.describe(e));
        }
    }

    /** Reads a tree and leaves its faults to the caller, who may find more. */
    public <T extends Record> Bound<T> read(JsonNode tree, Class<T> type) {
        Findings findings = new Findings();
        T value = new TreeReader(mapper, findings).record(tree, type, JsonPointer.empty());
        Bound<T> bound = new Bound<>(value, findings.faults(), new DocumentOrder(tree));
        return value == null ? bound : bound.with(violations(value, findings));
    }

    private <T> List<Fault> violations(T value, Findings findings) {
        return validator.validate(value).stream()
                .map(violation -> new Fault(pointer(violation, findings), violation.getMessage()))
                .filter(fault -> !findings.isUnjudged(fault.pointer()))
                .toList();
    }

    private static String pointer(ConstraintViolation<?> violation, Findings findings) {
        JsonPointer pointer = JsonPointer.empty();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                pointer = pointer.appendIndex(findings.documentIndex(pointer, node.getIndex()));
            }
            if (node.getKind() == ElementKind.PROPERTY && !findings.isScalar(pointer)) {
                pointer = pointer.appendProperty(node.getName());
            }
        }
        return pointer.toString();
    }
}
