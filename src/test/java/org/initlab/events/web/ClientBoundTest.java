package org.initlab.events.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientBoundTest {

    @Test
    void allHaveAsManyPlacesAsThereAreAndEachAsManyAsItMay() {
        ClientBound bound = new ClientBound(3, 2);

        assertThat(bound.enter("one")).isTrue();
        assertThat(bound.enter("one")).isTrue();
        assertThat(bound.enter("one")).isFalse();
        assertThat(bound.enter("other")).isTrue();
        assertThat(bound.enter("third")).isFalse();
        bound.leave("one");
        assertThat(bound.enter("third")).isTrue();
        bound.leave("other");
        assertThat(bound.enter("one")).isTrue();
        assertThat(bound.enter("one")).isFalse();
    }

    @Test
    void aClientIsATokensHolderOrAnAddress() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("10.0.0.1");
        assertThat(ClientBound.client(request)).isEqualTo("address 10.0.0.1");
        request.setRemoteUser("ci");

        assertThat(ClientBound.client(request)).isEqualTo("token ci");
    }
}
