import { useState } from "react";
import { Link } from "react-router";
import { questionIn, usePasskeySignIn } from "../../api/entering";
import { useServices, wayOut } from "../../api/outside";
import { knowsPasskeys } from "../../api/passkeys";
import { shopFacts } from "../../preferences";
import { t } from "../../words";
import { PasskeyButton } from "./PasskeyButton";

/** Beside the password: a passkey, a code on the telephone, another service. Only what this shop and browser can. */
export function OtherWays({ next }: { next: string }) {
    const passkey = usePasskeySignIn();
    const { data: services } = useServices();
    return (
        <div className="stack other-ways">
            {knowsPasskeys() && (
                <PasskeyButton
                    words={t("Sign in with a passkey")}
                    failed={t("No passkey answered. Try again, or sign in with your password.")}
                    entry={{ isPending: passkey.isPending, error: questionIn(passkey.error) ? null : passkey.error }}
                    ask={() => passkey.mutate()}
                    isQuiet
                />
            )}
            {shopFacts().sms && (
                <Link className="btn line wide" to={`/sign-in/code?next=${encodeURIComponent(next)}`}>
                    {t("Sign in with a code on your telephone")}
                </Link>
            )}
            {services?.map((service) => <Service key={service.id} {...service} next={next} />)}
        </div>
    );
}

function Service({ name, start, next }: { name: string; start: string; next: string }) {
    const [isLeaving, setLeaving] = useState(false);
    async function leave() {
        setLeaving(true);
        location.assign(await wayOut(start, next));
    }
    return (
        <button type="button" className="btn line wide" disabled={isLeaving} onClick={leave}>
            {t("Sign in with {name}", { name })}
        </button>
    );
}
