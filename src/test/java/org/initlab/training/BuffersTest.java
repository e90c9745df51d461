package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.initlab.training.engine.HostMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers(Device.cpu());

    @AfterEach
    void close() {
        buffers.close();
    }

    @Test
    void aBufferIsUsedAgainForAsMuchOrLess() {
        HostMemory.Piece large = buffers.take(100);
        large.bytes().position(50);
        buffers.release(large);
        HostMemory.Piece again = buffers.take(60);
        assertThat(again).isSameAs(large);
        assertThat(again.bytes().remaining()).isEqualTo(60);
        assertThat(again.bytes().isDirect()).isTrue();
    }

    @Test
    void aBufferThatIsTooSmallForWhatComesIsFreed() {
        HostMemory.Piece small = buffers.take(100);
        buffers.release(small);

        assertThat(buffers.take(200).bytes().remaining()).isEqualTo(200);

        assertThat(small.array().isReleased()).isTrue();
    }

    @Test
    void aBufferInUseIsNotGivenTwice() {
        assertThat(buffers.take(10)).isNotSameAs(buffers.take(10));
    }
}
