package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ElementBudgetTest {
    @Test
    void theTotalOfManyTensorsIsLimitedToo() {
        ElementBudget budget = new ElementBudget();
        assertThatThrownBy(() -> {
                    for (int tensor = 0; tensor <= 1 << 10; tensor++) {
                        budget.take("tensor " + tensor, 1 << 18);
                    }
                })
                .isInstanceOf(WeightsFormatException.class)
                .hasMessageContaining("give the service more memory");
    }
}
