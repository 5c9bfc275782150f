package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.3.2.1", "::1", "[::1]"})
    void loopbackIsAccepted(String host) {
        assertThat(new AdminConfig(host, 7702).port()).isEqualTo(7702);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "192.168.1.4",
                "::",
                "example.org",
                "localhost.example.org",
                "127.0.0.1.example.org",
                ""
            })
    void otherHostsAreRefusedWithTheReason(String host) {
        assertThatThrownBy(() -> new AdminConfig(host, 7702))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no logins yet");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void portOutOfRangeIsRefused(int port) {
        assertThatThrownBy(() -> new AdminConfig("localhost", port)).hasMessageContaining("0..65535");
    }

    @Test
    void addressOfIpv6IsBracketed() {
        assertThat(new AdminConfig("::1", 0).address(7702)).isEqualTo("[::1]:7702");
    }
}
