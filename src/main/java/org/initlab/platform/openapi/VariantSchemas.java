package org.initlab.platform.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.initlab.platform.json.Variants;

/** Describes a sealed interface as one of its records, each with its own value of the property that tells them apart. */
class VariantSchemas implements ModelConverter {

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (!Variants.definedBy(raw)) {
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
        String name = raw.getSimpleName();
        if (!context.getDefinedModels().containsKey(name)) {
            context.defineModel(name, oneOf(Variants.of(raw), name, context));
        }
        return reference(name);
    }

    private static Schema<?> oneOf(Variants variants, String prefix, ModelConverterContext context) {
        Schema<?> choice = new Schema<>().discriminator(new Discriminator().propertyName(variants.property()));
        for (String value : variants.names()) {
            Class<? extends Record> record = variants.named(value).orElseThrow();
            String name = prefix + record.getSimpleName();
            context.resolve(new AnnotatedType(record).name(name).resolveAsRef(true));
            complete(context.getDefinedModels().get(name), variants, value);
            Schema<?> reference = reference(name);
            choice.addOneOfItem(reference);
            choice.getDiscriminator().mapping(value, reference.get$ref());
        }
        return choice;
    }

    private static void complete(Schema<?> variant, Variants variants, String value) {
        Class<? extends Record> record = variants.named(value).orElseThrow();
        Set<String> own = variants.fields(record);
        if (variant.getProperties() != null) {
            variant.getProperties().replaceAll((name, schema) -> own.contains(name) ? schema : alwaysNull(schema));
        }
        Schema<String> name = ofType("string");
        name.addEnumItemObject(value);
        variant.addProperty(variants.property(), name);
        variant.setAdditionalProperties(false);
        if (!variants.usual().equals(Optional.of(record))) {
            List<String> required = new ArrayList<>(List.of(variants.property()));
            required.addAll(variant.getRequired() == null ? List.of() : variant.getRequired());
            variant.setRequired(required);
        }
    }

    /** What is another variant's is served as {@code null}, if at all; it keeps its type, as generated code needs one. */
    private static Schema<?> alwaysNull(Schema<?> schema) {
        Schema<?> anyValue = new Schema<>();
        anyValue.setTypes(Set.copyOf(schema.getTypes()));
        schema.addType("null");
        schema.setNot(anyValue);
        return schema;
    }

    private static Schema<String> ofType(String type) {
        Schema<String> schema = new Schema<>();
        schema.addType(type);
        return schema;
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
