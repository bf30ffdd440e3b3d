import { useState } from "react";
import { Link } from "react-router";
import toast from "react-hot-toast/headless";
import { useBeginApp, useDropApp, useFactors, useNewCodes, type Factors } from "../api/security";
import { shopFacts } from "../preferences";
import { Awaited } from "../components/Awaited";
import { AppSetUp } from "../components/security/AppSetUp";
import { Codes } from "../components/security/Codes";
import { type Act, refusalOf, useFresh } from "../components/security/fresh";
import { Links } from "../components/security/Links";
import { Passkeys } from "../components/security/Passkeys";
import { Phone } from "../components/security/Phone";
import { Devices } from "../components/Devices";
import { Icon } from "../components/Icon";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { t, tn } from "../words";

/** How one signs in: where one is signed in now, passkeys, the authenticator app with its recovery codes, the telephone. */
export default function Security() {
    const factors = useFactors();
    const { act, proof } = useFresh();
    const begin = useBeginApp();
    const [codes, setCodes] = useState<string[]>([]);
    const title = t("Sign-in and security");
    function keep(made: string[]) {
        begin.reset();
        setCodes(made);
    }
    const step =
        proof ||
        (codes.length > 0 && <Codes codes={codes} done={() => setCodes([])} />) ||
        (begin.data && <AppSetUp begun={begin.data} leave={begin.reset} done={keep} />);
    return (
        <Page title={title} wide>
            {step}
            {/* Only hidden meanwhile: what was begun there goes on from where it was. */}
            <div hidden={Boolean(step)}>
                <h1>{title}</h1>
                <Devices />
                <Awaited of={factors} skeleton="lines" isBelowTitle>
                    {(data) => (
                        <>
                            <Passkeys act={act} passkeys={data.passkeys} made={keep} />
                            <App act={act} factors={data} begin={begin} />
                            {(data.totp || data.passkeys.length > 0) && (
                                <RecoveryCodes act={act} left={data.recovery_codes_left} made={keep} />
                            )}
                        </>
                    )}
                </Awaited>
                {shopFacts().sms && <Phone act={act} />}
                <Links act={act} />
                <section className="block last" aria-labelledby="password-title">
                    <h2 id="password-title">{t("Password")}</h2>
                    <p>
                        <Link className="btn line" to="/account/profile">
                            {t("Change the password")}
                        </Link>
                    </p>
                </section>
            </div>
        </Page>
    );
}

function App({ act, factors, begin }: { act: Act; factors: Factors; begin: ReturnType<typeof useBeginApp> }) {
    const drop = useDropApp();
    return (
        <section className="block" aria-labelledby="app-title">
            <h2 id="app-title">{t("Authenticator app")}</h2>
            <Alert error={refusalOf(drop.error, begin.error)} />
            {factors.totp ? (
                <>
                    <p className="ok with-icon">
                        <Icon name="check" small />
                        {t("The sign-in asks for a code of your app after the password.")}
                    </p>
                    <p>
                        <button type="button" className="btn line" disabled={drop.isPending} onClick={() => act(() => drop.mutateAsync())}>
                            {t("Take the app away")}
                        </button>
                    </p>
                </>
            ) : (
                <>
                    <p>{t("After the password the sign-in asks for a code that only your telephone shows.")}</p>
                    <p>
                        <button type="button" className="btn line" disabled={begin.isPending} onClick={() => act(() => begin.mutateAsync())}>
                            {t("Set up an app")}
                        </button>
                    </p>
                </>
            )}
            {factors.is_required && <p className="small muted">{t("Your role needs a passkey or an app.")}</p>}
        </section>
    );
}

function RecoveryCodes({ act, left, made }: { act: Act; left: number; made: (codes: string[]) => void }) {
    const renew = useNewCodes();
    async function make() {
        const { recovery_codes } = await renew.mutateAsync();
        toast(t("The old recovery codes no longer work."));
        made(recovery_codes);
    }
    return (
        <section className="block" aria-labelledby="codes-title">
            <h2 id="codes-title">{t("Recovery codes")}</h2>
            <Alert error={refusalOf(renew.error)} />
            <p>
                {tn("{number} code is left.", "{number} codes are left.", left)}{" "}
                {t("Each opens your account once, should your telephone be lost.")}
            </p>
            <p>
                <button type="button" className="btn line" disabled={renew.isPending} onClick={() => act(make)}>
                    {t("Make new codes")}
                </button>
            </p>
        </section>
    );
}
