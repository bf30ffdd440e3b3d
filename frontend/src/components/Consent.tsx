import { useAnswer, useOpenQuestion } from "../api/consent";
import { t } from "../words";
import { Alert } from "./Trouble";

/** Asks once whether visits may be counted, as the rendered pages do. Both answers weigh the same. */
export function Consent() {
    const text = useOpenQuestion();
    const answer = useAnswer();
    if (!text) return null;
    function say(given: boolean) {
        answer.mutate(given, { onSuccess: () => document.getElementById("main")?.focus({ preventScroll: true }) });
    }
    return (
        <section className="consent" aria-labelledby="consent-heading">
            <div className="wrap">
                <div>
                    <h2 className="h-small" id="consent-heading">
                        {text.heading}
                    </h2>
                    <p className="small">{text.body}</p>
                    <Alert error={answer.error} />
                </div>
                <p className="answers">
                    <button type="button" className="btn line" disabled={answer.isPending} onClick={() => say(false)}>
                        {t("Do not count")}
                    </button>
                    <button type="button" className="btn line" disabled={answer.isPending} onClick={() => say(true)}>
                        {t("Count my visit")}
                    </button>
                </p>
            </div>
        </section>
    );
}
