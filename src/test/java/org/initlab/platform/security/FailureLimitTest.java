package org.initlab.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailureLimitTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final FailureLimit limit = new FailureLimit(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void tenFailuresWithinAMinuteBlockTheAddressUntilItIsOver() {
        fail("192.0.2.1", 9);
        assertThat(limit.secondsToWait("192.0.2.1")).isZero();
        now = START.plusSeconds(20);
        fail("192.0.2.1", 1);

        assertThat(limit.secondsToWait("192.0.2.1")).isBetween(40L, 41L);
        assertThat(limit.secondsToWait("192.0.2.2")).isZero();
        now = START.plus(FailureLimit.WINDOW);
        assertThat(limit.secondsToWait("192.0.2.1")).isZero();
    }

    @Test
    void failuresOfEarlierMinutesDoNotCount() {
        fail("192.0.2.1", 9);
        now = START.plus(Duration.ofSeconds(61));
        fail("192.0.2.1", 9);

        assertThat(limit.secondsToWait("192.0.2.1")).isZero();
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneCaller() {
        for (int i = 0; i < FailureLimit.MAX_FAILURES; i++) {
            limit.count("2001:db8:0:1:0:0:0:" + i);
        }

        assertThat(limit.secondsToWait("2001:db8:0:1:a:b:c:d")).isPositive();
        assertThat(limit.secondsToWait("2001:db8:0:1::5")).isPositive();
        assertThat(limit.secondsToWait("client:2001")).isZero();
        assertThat(limit.secondsToWait("2001:db8:0:2:0:0:0:1")).isZero();
    }

    @Test
    void veryManyAddressesTakeNoMoreMemory() {
        for (int i = 0; i < 2 * FailureLimit.MAX_ADDRESSES; i++) {
            limit.count("host " + i);
        }

        assertThat(limit.size()).isEqualTo(FailureLimit.MAX_ADDRESSES);
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            limit.count(address);
        }
    }
}
