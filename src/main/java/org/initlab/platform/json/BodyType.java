package org.initlab.platform.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What {@link RecordBinder} makes of a controller's body, or what the bytes that a controller's method answers with are
 * the JSON of; for the API's description, which sees only bytes.
 */
@Target({ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyType {
    Class<? extends Record> value();
}
