package org.initlab.platform.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The media types of {@code Accept}, of which {@code q=0} rules one out (RFC 9110, section 12.5.1), where Spring takes it
 * for the least wanted. A range that includes a type that is ruled out stands for the others that the service offers.
 */
final class AcceptedTypes extends HeaderContentNegotiationStrategy implements HandlerInterceptor {
    private static final Comparator<MediaType> SPECIFICITY = Comparator.comparing(
                    (MediaType range) -> !range.isWildcardType())
            .thenComparing(range -> !range.isWildcardSubtype())
            .thenComparing(range -> range.getParameters().size());

    /** A type that nothing has: with an empty list Spring would find no handler for the refusal either. */
    private static final List<MediaType> NONE = List.of(new MediaType("none", "none"));

    private final Supplier<Set<MediaType>> offered;

    /**
     * For one service.
     *
     * @param offered every type that it negotiates
     */
    AcceptedTypes(Supplier<Set<MediaType>> offered) {
        this.offered = offered;
    }

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> ranges = super.resolveMediaTypes(request);
        if (ranges.stream().noneMatch(AcceptedTypes::isZero)) {
            return ranges;
        }
        Set<MediaType> left = new LinkedHashSet<>();
        for (MediaType range : ranges) {
            if (!isZero(range)) {
                left(range, ranges).forEach(left::add);
            }
        }
        return left.isEmpty() ? NONE : List.copyOf(left);
    }

    private Stream<MediaType> left(MediaType range, List<MediaType> ranges) {
        if (range.isConcrete()) {
            return isRuledOut(range, ranges) ? Stream.empty() : Stream.of(range);
        }
        boolean whole = ranges.stream().noneMatch(other -> isZero(other) && range.includes(other));
        return whole
                ? Stream.of(range)
                : offered.get().stream()
                        .filter(type -> range.includes(type) && !isRuledOut(type, ranges))
                        .map(type -> type.copyQualityValue(range));
    }

    /** The path of a file tells its type, which is not negotiated. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (handler instanceof HandlerMethod && request.getDispatcherType() == DispatcherType.REQUEST) {
            Optional<MediaType> file = MediaTypeFactory.getMediaType(request.getRequestURI());
            if (file.isPresent() && isRuledOut(file.get(), super.resolveMediaTypes(new ServletWebRequest(request)))) {
                throw new HttpMediaTypeNotAcceptableException(List.of(file.get()));
            }
        }
        return true;
    }

    /** The most specific range that includes a type decides. */
    private static boolean isRuledOut(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(SPECIFICITY)
                .filter(AcceptedTypes::isZero)
                .isPresent();
    }

    private static boolean isZero(MediaType range) {
        return range.getQualityValue() == 0;
    }
}
