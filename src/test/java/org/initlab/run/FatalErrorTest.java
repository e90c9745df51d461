package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FatalErrorTest {
    @Test
    void aMissingNativeMethodIsNamedWithWhatToDo() {
        assertThat(FatalError.explain(new UnsatisfiedLinkError(
                        "'void ai.djl.pytorch.jni.PyTorchLibrary.torchSetNumThreads(int)'\nat line two")))
                .startsWith("UnsatisfiedLinkError: 'void ai.djl.pytorch.jni.PyTorchLibrary.torchSetNumThreads(int)'; ")
                .contains("retry")
                .doesNotContain("line two");
    }

    @Test
    void theServersFoldersAreNotShown() {
        assertThat(FatalError.explain(new UnsatisfiedLinkError(
                        "/home/night/.djl.ai/pytorch/libtorch.so: cannot open shared object file")))
                .startsWith("UnsatisfiedLinkError: libtorch.so: cannot open shared object file; ");
    }

    @Test
    void theCauseOfAFailedInitialiserIsWhatIsNamed() {
        assertThat(FatalError.explain(new ExceptionInInitializerError(new IllegalStateException("no disk"))))
                .startsWith("IllegalStateException: no disk; ");
    }

    @Test
    void memoryShortageNamesTheHeap() {
        assertThat(FatalError.explain(new OutOfMemoryError("Java heap space"))).contains("-Xmx");
    }

    @Test
    void anErrorWithoutAMessageIsNamedOnly() {
        assertThat(FatalError.explain(new StackOverflowError())).startsWith("StackOverflowError; retry the run");
    }
}
