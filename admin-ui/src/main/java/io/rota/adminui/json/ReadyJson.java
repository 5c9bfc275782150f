package io.rota.adminui.json;

import io.rota.scheduler.view.Notice;
import java.util.List;

/** Answer of {@code GET /readyz}: ready while the node takes work, otherwise why it does not. */
public record ReadyJson(boolean ready, List<NoticeJson> reasons) {

    /** Ready if nothing hinders it. */
    public static ReadyJson from(List<Notice> hindrances) {
        return new ReadyJson(
                hindrances.isEmpty(), hindrances.stream().map(NoticeJson::from).toList());
    }
}
