package org.initlab;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** The service: its HTTP interface, its training worker, or both, by {@code initlab.roles}. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class) // callers have tokens, never a password
public class InitLabApplication {
    public static void main(String[] args) {
        SpringApplication.run(InitLabApplication.class, args);
    }
}
