package org.initlab.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Stops the guessing of tokens: after ten failures within a minute, no token from an address is checked until the
 * minute is over. That includes a valid one; otherwise a correct guess would still get through.
 *
 * <p>Memory is bounded: with very many addresses, some are forgotten.
 */
final class FailureLimit {
    static final int MAX_FAILURES = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MAX_ADDRESSES = 10_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Clock clock;
    private final Cache<String, Failures> byNetwork = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(WINDOW)
            .executor(Runnable::run)
            .build();

    private record Failures(Instant forgotten, int count) {}

    FailureLimit(Clock clock) {
        this.clock = clock;
    }

    /** How many seconds an address must wait before it may try again, rounded up; 0 if it need not wait. */
    long secondsToWait(String address) {
        Failures failures = byNetwork.getIfPresent(network(address));
        Instant now = clock.instant();
        if (failures == null || failures.count() < MAX_FAILURES || !now.isBefore(failures.forgotten())) {
            return 0;
        }
        return Duration.between(now, failures.forgotten()).toSeconds() + 1;
    }

    /** Counts a failure by an address. */
    void count(String address) {
        Instant now = clock.instant();
        byNetwork
                .asMap()
                .compute(
                        network(address),
                        (network, failures) -> failures == null || !now.isBefore(failures.forgotten())
                                ? new Failures(now.plus(WINDOW), 1)
                                : new Failures(failures.forgotten(), failures.count() + 1));
    }

    long size() {
        return byNetwork.estimatedSize();
    }

    /** One caller has a whole /64 of IPv6. The brackets keep anything else from being looked up as a host name. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName("[" + address + "]").getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return address; // a proxy may name its clients as it likes
        }
    }
}
