import { useAnswer, useConsentText, useSaid } from "../api/consent";
import { Alert } from "../components/Trouble";
import { View } from "../components/View";
import { t } from "../words";

/** The answer to the notice, and the place where it is changed: the rendered pages' own choice, and the same cookie. */
export default function PrivacyChoices() {
    const asked = useConsentText();
    const { version, isYes } = useSaid();
    const answer = useAnswer();
    return (
        <View title={t("Privacy choices")} of={asked} skeleton="text">
            {(text) => (
                <div className="stack narrow last">
                    <h2 className="h-xl">{text.heading}</h2>
                    <p>{text.body}</p>
                    <p className="note" role="status">
                        {version < text.version
                            ? t("You have not answered yet: nothing is counted.")
                            : isYes
                              ? t("You said yes: your visits are counted under a random number.")
                              : t("You said no: nothing is counted.")}
                    </p>
                    <Alert error={answer.error} />
                    <div className="answers">
                        <button type="button" className="btn line" disabled={answer.isPending} onClick={() => answer.mutate(false)}>
                            {t("Do not count")}
                        </button>
                        <button type="button" className="btn line" disabled={answer.isPending} onClick={() => answer.mutate(true)}>
                            {t("Count my visit")}
                        </button>
                    </div>
                    <h2 className="h-small">{t("Cookies that the shop sets")}</h2>
                    <p className="small">
                        {t("They keep your cart, your sign-in, your currency, the pieces you looked at last, the way back from a payment and this answer. Nobody else sets cookies here.")}
                    </p>
                </div>
            )}
        </View>
    );
}
