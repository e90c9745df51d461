package org.initlab.platform.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {
    private final PreconditionResolver preconditions = new PreconditionResolver();
    private final AcceptedTypes accepted;

    HttpConfiguration(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mapping) {
        accepted = new AcceptedTypes(() -> offered(mapping.getObject()));
    }

    private static Set<MediaType> offered(RequestMappingHandlerMapping mapping) {
        Set<MediaType> offered = new LinkedHashSet<>(List.of(MediaType.APPLICATION_JSON));
        mapping.getHandlerMethods()
                .keySet()
                .forEach(info -> offered.addAll(info.getProducesCondition().getProducibleMediaTypes()));
        return offered;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(accepted);
        registry.addInterceptor(new QueryParameters());
        registry.addInterceptor(preconditions);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(preconditions);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new Choice());
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(accepted));
    }
}
