package io.rota.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({"0, 5000", "4999, 5000", "5000, 10000", "5001, 10000", "-1, 0", "-5000, 0"})
    void everyIsDueAtMultiplesOfTheInterval(long afterMillis, long dueMillis) {
        assertThat(new Schedule.Every(Duration.ofSeconds(5)).nextAfter(afterMillis))
                .isEqualTo(dueMillis);
    }

    @Test
    void anIntervalOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Schedule.Every(Duration.ofMillis(99))).hasMessageContaining("is not between");
        assertThatThrownBy(() -> new Schedule.Every(Duration.ofDays(366))).hasMessageContaining("is not between");
    }

    @Test
    void schedulesSpeakInWords() {
        assertThat(new Schedule.Service().inWords()).isEqualTo("runs for ever");
        assertThat(new Schedule.Every(Duration.ofSeconds(90)).inWords()).isEqualTo("every 1m30s");
    }
}
