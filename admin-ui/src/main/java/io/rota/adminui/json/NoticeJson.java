package io.rota.adminui.json;

import io.rota.scheduler.view.Notice;

/** One thing a person should know; {@code severity} is {@code error}, {@code warn} or {@code info}. */
public record NoticeJson(String severity, String code, String text) {

    static NoticeJson from(Notice view) {
        return new NoticeJson(Json.word(view.severity()), view.code(), view.text());
    }
}
