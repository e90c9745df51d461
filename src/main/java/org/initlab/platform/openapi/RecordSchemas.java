package org.initlab.platform.openapi;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;

/**
 * Says which fields of a record are always there and which may be {@code null}: boxed numbers and {@link Nullable} ones.
 * A record without constraints is an answer and has all its fields; one with constraints is read and needs only those
 * that are {@link NotNull}.
 */
class RecordSchemas implements ModelConverter {

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (raw == JsonNode.class) {
            return new Schema<>();
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema != null && raw.isRecord()) {
            complete(
                    schema.get$ref() == null
                            ? schema
                            : context.getDefinedModels().get(name(schema)),
                    raw);
        }
        return schema;
    }

    private static String name(Schema<?> reference) {
        return reference.get$ref().substring(reference.get$ref().lastIndexOf('/') + 1);
    }

    private static void complete(Schema<?> schema, Class<?> type) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        List<RecordComponent> components = Stream.of(type.getRecordComponents())
                .filter(component -> schema.getProperties().containsKey(component.getName()))
                .toList();
        for (RecordComponent component : components) {
            String name = component.getName();
            schema.getProperties().put(name, completed(schema.getProperties().get(name), component));
        }
        boolean read = components.stream().flatMap(RecordSchemas::annotations).anyMatch(RecordSchemas::isConstraint);
        boolean sparse = AnnotatedElementUtils.hasAnnotation(type, JsonInclude.class);
        schema.setRequired(components.stream()
                .filter(component -> component.getType().isPrimitive()
                        || component.getAccessor().isAnnotationPresent(NotNull.class)
                        || (!read && !(sparse && isNullable(component))))
                .map(RecordComponent::getName)
                .toList());
        if (read) {
            schema.setAdditionalProperties(false);
        }
    }

    private static Schema<?> completed(Schema<?> property, RecordComponent component) {
        if (component.getAccessor().isAnnotationPresent(JsonFormat.class)) {
            property.addType("integer");
        }
        Range range = component.getAccessor().getAnnotation(Range.class);
        if (range != null) {
            property.setMinimum(BigDecimal.valueOf(range.min()));
            property.setMaximum(BigDecimal.valueOf(range.max()));
        }
        if (property.getItems() != null && hasNullableItems(component)) {
            property.setItems(nullable(property.getItems()));
        }
        return isNullable(component) ? nullable(property) : property;
    }

    private static boolean hasNullableItems(RecordComponent component) {
        return component.getAnnotatedType() instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
    }

    private static boolean isNullable(RecordComponent component) {
        boolean empty = ClassUtils.isPrimitiveWrapper(component.getType())
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return empty && !component.getAccessor().isAnnotationPresent(NotNull.class);
    }

    private static Schema<?> nullable(Schema<?> property) {
        if (property.get$ref() != null || property.getEnum() != null) {
            return new Schema<>().anyOf(List.of(property, new Schema<>().typesItem("null")));
        }
        property.addType("null");
        return property;
    }

    private static Stream<Annotation> annotations(RecordComponent component) {
        return Arrays.stream(component.getAccessor().getAnnotations());
    }

    private static boolean isConstraint(Annotation annotation) {
        String name = annotation.annotationType().getName();
        return name.startsWith("jakarta.validation") || name.startsWith("org.hibernate.validator");
    }
}
