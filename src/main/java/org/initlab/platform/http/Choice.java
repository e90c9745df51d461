package org.initlab.platform.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.initlab.platform.json.Nearest;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/**
 * Reads one of a list of names from a query parameter, in any case. An enumeration's names are those of its constants, or
 * what their {@link JsonProperty} says, just as in JSON.
 */
@SuppressWarnings("rawtypes") // a factory for all enumerations
public final class Choice implements ConverterFactory<String, Enum> {

    /** Reads enumerations; an empty value counts as left out. */
    @Override
    public <E extends Enum> Converter<String, E> getConverter(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> name(type, constant))
                .toList();
        return text -> text.isBlank() ? null : type.getEnumConstants()[names.indexOf(of(names, text.strip()))];
    }

    /**
     * The known name that differs in case only.
     *
     * @throws InvalidRequestException with the list and the nearest of it, to be read after the parameter's name
     */
    public static String of(List<String> known, String text) {
        return known.stream()
                .filter(name -> name.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "must be one of " + String.join(", ", known) + Nearest.question(text, known)));
    }

    private static String name(Class<?> type, Enum<?> constant) {
        try {
            JsonProperty named = type.getField(constant.name()).getAnnotation(JsonProperty.class);
            return named == null ? constant.name() : named.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
