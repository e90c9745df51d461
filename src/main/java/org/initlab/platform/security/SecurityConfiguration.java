package org.initlab.platform.security;

import java.time.Clock;
import org.initlab.platform.problem.ProblemWriter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One filter chain for all processes; those that only train serve just {@code /actuator}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class SecurityConfiguration {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final RequestMatcher API_PAGE = PathPatternRequestMatcher.pathPattern("/swagger-ui/**");
    /** Swagger UI's pictures have inline styles; its scripts are files. */
    private static final String API_PAGE_STYLES = "; style-src 'self' 'unsafe-inline'";

    @Bean
    Tokens tokens(AccessProperties access) {
        return TokenReader.read(access);
    }

    /** Runs before there is a web server, and so before anything costly, such as the database, has started. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> loopbackWithoutTokens(
            Tokens tokens, Environment environment) {
        return factory -> {
            if (tokens.isEmpty()) {
                LoopbackRule.check(environment);
            }
        };
    }

    @Bean
    TokenGate tokenGate(Tokens tokens, Clock clock) {
        return new TokenGate(tokens, new FailureLimit(clock));
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, TokenGate gate, ProblemWriter problems) {
        http.csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .anonymous(anonymous -> anonymous.principal(AuditFilter.ANONYMOUS))
                .headers(SecurityConfiguration::configure)
                .addFilterAfter(new AuditFilter(), HeaderWriterFilter.class)
                .addFilterAfter(new CrossOriginFilter(problems), AuditFilter.class);
        if (gate.isOpen()) {
            http.addFilterAfter(new LoopbackHostFilter(problems), AuditFilter.class)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        } else {
            new TokenAccess(gate, problems).configure(http);
        }
        return http.build();
    }

    private static void configure(HeadersConfigurer<HttpSecurity> headers) {
        headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        API_PAGE, new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY + API_PAGE_STYLES)))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(API_PAGE),
                        new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY)))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false))
                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(new CacheControlWriter());
    }

    /** Lets unknown methods pass, so that they are answered with 405 like others that a path does not support. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** The HTTP metrics have the statuses; metrics of every decision add nothing. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }
}
