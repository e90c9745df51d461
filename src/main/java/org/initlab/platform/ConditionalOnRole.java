package org.initlab.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Keeps a bean to the processes that have a role; {@code initlab.roles} is both where it is left out. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnRole.OnRole.class)
public @interface ConditionalOnRole {
    Role value();

    /** Reads the roles from the environment, as beans do not exist yet. */
    class OnRole implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return metadata.getAnnotations()
                    .get(ConditionalOnRole.class)
                    .getValue("value", Role.class)
                    .map(roles(context.getEnvironment())::contains)
                    .orElseThrow();
        }

        private static Set<Role> roles(Environment environment) {
            return Binder.get(environment)
                    .bind("initlab.roles", Bindable.setOf(Role.class))
                    .orElseGet(() -> EnumSet.allOf(Role.class));
        }
    }
}
