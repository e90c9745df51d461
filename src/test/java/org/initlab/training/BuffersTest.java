package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers();

    @Test
    void aBufferIsUsedAgainForAsMuchOrLess() {
        ByteBuffer large = buffers.take(100);
        large.position(50);
        buffers.release(large);
        ByteBuffer again = buffers.take(60);
        assertThat(again).isSameAs(large);
        assertThat(again.remaining()).isEqualTo(60);
        assertThat(again.isDirect()).isTrue();
    }

    @Test
    void aBufferInUseIsNotGivenTwice() {
        assertThat(buffers.take(10)).isNotSameAs(buffers.take(10));
    }
}
