package org.initlab.platform.http;

import java.beans.PropertyEditorSupport;
import java.util.List;
import java.util.regex.Pattern;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.util.NumberUtils;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads numbers from query parameters as JSON writes them; an empty value counts as left out. Java's own readers also take hexadecimal
 * digits and suffixes. An editor, because Spring tries those readers where a converter fails.
 */
@ControllerAdvice
class Decimals {
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    @InitBinder
    void read(WebDataBinder parameters) {
        for (Class<?> whole : List.of(Integer.class, int.class)) {
            parameters.registerCustomEditor(whole, new Reader(Integer.class, WHOLE, "must be a whole number"));
        }
        parameters.registerCustomEditor(
                Double.class, new Reader(Double.class, NUMBER, "must be a number such as 0.01"));
    }

    private static final class Reader extends PropertyEditorSupport {
        private final Class<? extends Number> type;
        private final Pattern pattern;
        private final String rule;

        Reader(Class<? extends Number> type, Pattern pattern, String rule) {
            this.type = type;
            this.pattern = pattern;
            this.rule = rule;
        }

        @Override
        public void setAsText(String text) {
            String number = text.strip();
            if (!number.isEmpty() && !pattern.matcher(number).matches()) {
                throw new IllegalArgumentException(new InvalidRequestException(rule));
            }
            setValue(number.isEmpty() ? null : NumberUtils.parseNumber(number, type));
        }
    }
}
