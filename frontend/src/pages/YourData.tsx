import { Link } from "react-router";
import { useSaid } from "../api/consent";
import { useGather, useSaidBefore } from "../api/ownData";
import { CloseAccount } from "../components/CloseAccount";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { day, t } from "../words";

/** Take it with you, see what was agreed to, close the account. */
export default function YourData() {
    return (
        <Page title={t("Your data")} wide>
            <h1>{t("Your data")}</h1>
            <TakeAlong />
            <Agreed />
            <CloseAccount />
        </Page>
    );
}

function TakeAlong() {
    const gather = useGather();
    return (
        <section className="block" aria-labelledby="take-title">
            <h2 id="take-title">{t("Take it with you")}</h2>
            <p>{t("Everything the shop knows of you, in one file that programs can read (JSON).")}</p>
            <Alert error={gather.error} />
            <p role="status" className={gather.isIdle ? "sr" : undefined}>
                {gather.isPending && t("Putting it together …")}
                {gather.data && t("It is ready: {size} KB.", { size: Math.ceil(gather.data.bytes / 1024) })}
            </p>
            <p>
                {gather.data ? (
                    <a className="btn" href={gather.data.url} download="my-data.json">
                        {t("Save the file")}
                    </a>
                ) : (
                    <button type="button" className="btn line" disabled={gather.isPending} onClick={() => gather.mutate()}>
                        {t("Put my data together")}
                    </button>
                )}
            </p>
        </section>
    );
}

function Agreed() {
    const { data: choices } = useSaidBefore();
    const { isYes } = useSaid();
    return (
        <section className="block" aria-labelledby="agreed-title">
            <h2 id="agreed-title">{t("What you agreed to")}</h2>
            {choices && choices.length > 0 ? (
                <ul className="small">
                    {choices.map(({ given, at }) => (
                        <li key={at}>
                            {t("Counting visits:")} <b>{given ? t("yes") : t("no")}</b> <span className="muted">{day(at)}</span>
                        </li>
                    ))}
                </ul>
            ) : (
                !isYes && <p>{t("Nothing yet: nothing is counted.")}</p>
            )}
            {isYes && <p>{t("This browser is counted, under a random number.")}</p>}
            <p>
                <Link className="btn line" to="/privacy/choices">
                    {t("Change your answer")}
                </Link>
            </p>
        </section>
    );
}
