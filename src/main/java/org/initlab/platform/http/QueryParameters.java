package org.initlab.platform.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.initlab.platform.json.Nearest;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that an operation does not have or that are given twice, before it does anything: a client
 * that misspells one, or counts on one that does not exist, must not get what it did not ask for.
 *
 * <p>An operation's parameters are those of its method that have {@link RequestParam}, and the components of records that
 * have no annotation.
 */
final class QueryParameters implements HandlerInterceptor {
    private static final String OWN = "org.initlab.";

    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    /**
     * Lets a request pass.
     *
     * @throws InvalidRequestException naming all parameters that are unknown or repeated
     */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && request.getDispatcherType() == DispatcherType.REQUEST
                && method.getBeanType().getName().startsWith(OWN)) {
            check(given(request.getQueryString()), known.computeIfAbsent(method, this::parametersOf));
        }
        return true;
    }

    private Set<String> parametersOf(HandlerMethod method) {
        Set<String> all = new LinkedHashSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(names);
            RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                all.add(StringUtils.hasText(annotation.name()) ? annotation.name() : parameter.getParameterName());
            } else if (parameter.getParameterType().isRecord() && parameter.getParameterAnnotations().length == 0) {
                Stream.of(parameter.getParameterType().getRecordComponents())
                        .map(RecordComponent::getName)
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static void check(List<String> given, Set<String> known) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> faults = new LinkedHashSet<>();
        for (String name : given) {
            if (!known.contains(name)) {
                String hint = known.isEmpty() ? "this operation has none" : Nearest.hint(name, known);
                faults.add("unknown query parameter '" + name + "'; " + hint);
            } else if (!seen.add(name)) {
                faults.add("the query parameter '" + name + "' is given more than once");
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", faults));
        }
    }

    /** The names in the URL; a form in the body is not part of it. */
    private static List<String> given(String query) {
        List<String> given = new ArrayList<>();
        if (query != null) {
            Arrays.stream(query.split("&", -1))
                    .filter(part -> !part.isEmpty())
                    .map(part -> decode(part.split("=", 2)[0]))
                    .forEach(given::add);
        }
        return given;
    }

    private static String decode(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("the query has a malformed percent escape");
        }
    }
}
