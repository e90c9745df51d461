package org.initlab.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Limits a bean to processes that have a role, by {@code initlab.roles} and {@code initlab.device}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnRole.OnRole.class)
public @interface ConditionalOnRole {
    Role value();

    /** Reads the settings from the environment, as beans do not exist yet. */
    class OnRole implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return metadata.getAnnotations()
                    .get(ConditionalOnRole.class)
                    .getValue("value", Role.class)
                    .map(settings(context.getEnvironment())::does)
                    .orElseThrow();
        }

        private static InitLabProperties settings(Environment environment) {
            Set<Role> roles = Binder.get(environment)
                    .bind("initlab.roles", Bindable.setOf(Role.class))
                    .orElse(null);
            return new InitLabProperties(null, roles, environment.getProperty("initlab.device"), null);
        }
    }
}
