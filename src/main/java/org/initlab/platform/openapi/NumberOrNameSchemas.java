package org.initlab.platform.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.initlab.platform.json.NumberOrName;
import tools.jackson.databind.json.JsonMapper;

/** Describes a record that is a number or a name in JSON, with the number's range. */
class NumberOrNameSchemas implements ModelConverter {

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (!NumberOrName.definedBy(raw)) {
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
        NumberOrName described = NumberOrName.of(raw);
        return new Schema<>()
                .anyOf(List.of(
                        number(described.number().getAccessor()),
                        names(described.names().getEnumConstants())));
    }

    private static Schema<?> number(Method component) {
        Schema<?> number = new Schema<>();
        number.addType("number");
        DecimalMin least = component.getAnnotation(DecimalMin.class);
        if (least != null && least.inclusive()) {
            number.setMinimum(new BigDecimal(least.value()));
        } else if (least != null) {
            number.setExclusiveMinimumValue(new BigDecimal(least.value()));
        }
        DecimalMax most = component.getAnnotation(DecimalMax.class);
        if (most != null) {
            number.setMaximum(new BigDecimal(most.value()));
        }
        return number;
    }

    private static Schema<?> names(Object[] constants) {
        Schema<Object> names = new Schema<>();
        names.addType("string");
        for (Object constant : constants) {
            names.addEnumItemObject(JsonMapper.shared().convertValue(constant, String.class));
        }
        return names;
    }
}
