package io.rota.adminui.json;

import io.rota.scheduler.view.ClusterView;
import io.rota.scheduler.view.Notice;
import java.util.List;

/** Answer of {@code GET /readyz}: ready while no notice of severity error stands, otherwise the reasons. */
public record ReadyJson(boolean ready, List<NoticeJson> reasons) {

    /** Judges by the notices alone. */
    public static ReadyJson from(ClusterView view) {
        var reasons = view.notices().stream()
                .filter(notice -> notice.severity() == Notice.Severity.ERROR)
                .map(NoticeJson::from)
                .toList();
        return new ReadyJson(reasons.isEmpty(), reasons);
    }
}
