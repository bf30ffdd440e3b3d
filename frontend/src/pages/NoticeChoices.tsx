import { useEffect, useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { type Choice, useChoices, useChoose } from "../api/notices";
import { canPush, isListening, listen, pushKey, stopListening } from "../api/push";
import { Alert } from "../components/Trouble";
import { AccountView } from "../components/View";
import { t } from "../words";

/** What the shop tells by which way. Each tick counts at once, and comes back when the shop refuses it. */
export default function NoticeChoices() {
    const choices = useChoices();
    const choose = useChoose();
    const topics = [...new Set(choices.data?.map(({ topic }) => topic))];
    return (
        <AccountView title={t("What we tell you")} of={choices}>
            {(data) => (
                <>
                    <Alert error={choose.error} />
                    <div className="stack narrow formbox">
                        {topics.map((topic) => (
                            <fieldset className="field" key={topic}>
                                <legend>{topicWords(topic)}</legend>
                                <div className="channels">
                                    {data.filter((choice) => choice.topic === topic).map((choice) => (
                                        <Box key={choice.channel} choice={choice} tick={(wanted) => choose.mutate({ ...choice, wanted })} />
                                    ))}
                                </div>
                            </fieldset>
                        ))}
                        <p className="small muted">{t("What you ordered and paid is always told by e-mail: it is your record.")}</p>
                        <p className="small ok" role="status">
                            {choose.isSuccess && t("Saved.")}
                        </p>
                    </div>
                    <OnThisBrowser />
                    <Link className="link" to="/account/notices">
                        {t("Notices")}
                    </Link>
                </>
            )}
        </AccountView>
    );
}

function Box({ choice, tick }: { choice: Choice; tick: (wanted: boolean) => void }) {
    return (
        <label className="check">
            <input type="checkbox" checked={choice.wanted} disabled={choice.locked} onChange={(event) => tick(event.target.checked)} />
            <span>{channelWords(choice.channel)}</span>
        </label>
    );
}

function topicWords(topic: string): string {
    const words: Record<string, string> = {
        orders: t("Orders, payments and returns"),
        stock: t("Pieces that are back"),
        reviews: t("Reviews"),
        staff: t("Shop floor"),
    };
    return words[topic] ?? topic;
}

function channelWords(channel: string): string {
    const words: Record<string, string> = { email: t("E-mail"), sms: t("SMS"), push: t("Push"), in_app: t("In the shop") };
    return words[channel] ?? channel;
}

/** Offered where the shop has push and the browser can; the browser asks its person itself. */
function OnThisBrowser() {
    const key = useQuery({ queryKey: ["push-key"], queryFn: pushKey, enabled: canPush(), staleTime: Infinity });
    const [isOn, setOn] = useState<boolean | null>(null);
    useEffect(() => {
        if (key.data) isListening().then(setOn, () => setOn(null));
    }, [key.data]);
    const turn = useMutation({
        mutationFn: () => (isOn ? stopListening() : listen(key.data!)),
        onSuccess: () => setOn(!isOn),
    });
    if (!key.data || isOn === null) return null;
    return (
        <section className="block last">
            <h2>{t("On this browser")}</h2>
            <p className={isOn ? "ok" : undefined}>
                {isOn ? t("This browser shows our notices.") : t("This browser can show notices while no page of ours is open.")}
            </p>
            {turn.error && (
                <p className="note" role="alert">
                    {t("That did not work. Allow notifications for this site in the browser, then press again.")}
                </p>
            )}
            <p>
                <button type="button" className="btn line" disabled={turn.isPending} onClick={() => turn.mutate()}>
                    {isOn ? t("Show no more on this browser") : t("Show notices on this browser")}
                </button>
            </p>
        </section>
    );
}
