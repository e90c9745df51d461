package org.initlab.platform.json;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;

/**
 * Counts a text's length in characters, as the database and other languages do: Hibernate's own validator counts UTF-16
 * units, of which an emoji has two. Found by its name in {@code META-INF/services}, so it holds for every {@link Size}.
 */
public final class CharacterCount implements ConstraintValidator<Size, String> {
    private int least;
    private int most;

    @Override
    public void initialize(Size size) {
        least = size.min();
        most = size.max();
    }

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
        int characters = text == null ? least : text.codePointCount(0, text.length());
        return characters >= least && characters <= most;
    }
}
