package io.rota.adminui.json;

import io.rota.scheduler.view.WhyView;
import java.util.List;

/** Why a task is where it is. */
public record WhyJson(
        String task, String owner, boolean saturated, List<CandidateJson> candidates, List<String> standbys) {

    public static WhyJson from(WhyView view) {
        return new WhyJson(
                view.task(),
                view.owner(),
                view.saturated(),
                view.candidates().stream().map(CandidateJson::from).toList(),
                view.standbys());
    }

    /** One node seen from the task. */
    public record CandidateJson(String node, String standing, String sentence) {

        static CandidateJson from(WhyView.Candidate view) {
            return new CandidateJson(view.node(), view.standing(), view.sentence());
        }
    }
}
