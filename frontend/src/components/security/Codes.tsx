import { t } from "../../words";
import { FocusedTitle } from "../FocusedTitle";

/** Recovery codes, shown this once. */
export function Codes({ codes, done }: { codes: string[]; done: () => void }) {
    return (
        <section aria-labelledby="codes">
            <FocusedTitle id="codes">{t("Your recovery codes")}</FocusedTitle>
            <p>
                {t("Write them down or print them now: they are shown once. Each opens your account once, should your telephone be lost.")}
            </p>
            <ul className="codes">
                {codes.map((code) => (
                    <li key={code}>
                        <code>{code}</code>
                    </li>
                ))}
            </ul>
            <button type="button" className="btn" onClick={done}>
                {t("I have kept them")}
            </button>
        </section>
    );
}
