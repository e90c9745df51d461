package org.initlab;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Which package declares the beans that another package needs. {@link ArchitectureTest} cannot see this: an import names
 * the bean's type, which may live below both.
 */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class WiringTest {
    private static final String ROOT = "org.initlab";

    @Autowired
    ConfigurableListableBeanFactory beans;

    @Test
    void noBeanNeedsOneThatAPackageAboveItsOwnDeclares() {
        Map<String, Set<String>> imports = imports();
        List<String> upward = new ArrayList<>();
        for (String bean : beans.getBeanDefinitionNames()) {
            for (String needed : beans.getDependenciesForBean(bean)) {
                String below = declaringPackage(bean);
                String above = declaringPackage(needed);
                if (!below.equals(above) && reaches(imports, above, below)) {
                    upward.add(bean + " of " + below + " needs " + needed + " of " + above);
                }
            }
        }
        assertThat(upward).isEmpty();
    }

    /** The packages of the service that each of them imports from. */
    private static Map<String, Set<String>> imports() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT).stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .collect(groupingBy(
                                dependency -> dependency.getOriginClass().getPackageName(),
                                mapping(
                                        dependency ->
                                                dependency.getTargetClass().getPackageName(),
                                        toSet())));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    private static boolean reaches(Map<String, Set<String>> imports, String from, String to) {
        Deque<String> ahead = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>();
        while (!ahead.isEmpty()) {
            String next = ahead.pop();
            if (next.equals(to)) {
                return true;
            }
            if (seen.add(next)) {
                ahead.addAll(imports.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }

    /** The package of the configuration that makes the bean, or of the bean itself; empty where Spring registered it. */
    private String declaringPackage(String bean) {
        if (!beans.containsBeanDefinition(bean)) {
            return "";
        }
        BeanDefinition definition = beans.getMergedBeanDefinition(bean);
        String declaring = definition.getFactoryMethodName() != null && definition.getFactoryBeanName() != null
                ? definition.getFactoryBeanName()
                : bean;
        Class<?> type = beans.getType(declaring, false);
        return type == null ? "" : ClassUtils.getUserClass(type).getPackageName();
    }
}
