package org.initlab.platform.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import org.initlab.platform.problem.PreconditionFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Gives {@link Preconditions} to the methods that take them, and refuses {@code If-Match} for changes that do not. */
final class PreconditionResolver implements HandlerMethodArgumentResolver, HandlerInterceptor {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Preconditions.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return Preconditions.of(request.getNativeRequest(HttpServletRequest.class));
    }

    /** What has no ETag is never in the state that a client names. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && request.getDispatcherType() == DispatcherType.REQUEST
                && !SAFE.contains(request.getMethod())
                && Arrays.stream(method.getMethodParameters()).noneMatch(this::supportsParameter)
                && Preconditions.of(request).nameAState()) {
            throw new PreconditionFailedException("what you address has no ETag; leave If-Match out");
        }
        return true;
    }
}
