package org.initlab;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: its HTTP interface, its training worker, or both, by {@code initlab.roles}. */
@SpringBootApplication
public class InitLabApplication {
    public static void main(String[] args) {
        SpringApplication.run(InitLabApplication.class, args);
    }
}
