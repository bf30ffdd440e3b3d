import { type FormEvent, lazy, Suspense } from "react";
import { fieldErrors } from "../../api/problem";
import { t } from "../../words";
import { TextField } from "../Field";
import { FormActs } from "../FormActs";
import { Alert } from "../Trouble";

const QrCode = lazy(() => import("../QrCode"));

type Props = {
    seed: { secret: string; uri: string };
    error: unknown;
    isPending: boolean;
    send: (code: string) => void;
    button: string;
    leave?: () => void;
    leaveWords?: string;
};

/** An authenticator app is set up: its seed as a picture and in letters, and the code that shows that it arrived. */
export function Seed({ seed, ...form }: Props) {
    return (
        <>
            <ol className="stack steps-list">
                <li>
                    <p>{t("Open an authenticator app on your telephone and scan this code.")}</p>
                    <Suspense fallback={<div className="bone tw:h-[200px] tw:w-[200px]" />}>
                        <QrCode text={seed.uri} />
                    </Suspense>
                </li>
                <li>
                    <p>{t("No camera? Type this key into the app:")}</p>
                    <p>
                        <code className="seed">{seed.secret}</code>
                    </p>
                </li>
                <li>
                    <p>{t("Then type the six digits that the app shows.")}</p>
                </li>
            </ol>
            <CodeForm label={t("Code of the app")} {...form} />
        </>
    );
}

type FormProps = Omit<Props, "seed"> & { label: string; help?: string; isWide?: boolean };

/** One code and a button; spaces in it do not matter. */
export function CodeForm({ label, help, error, isPending, send, button, isWide = false, leave, leaveWords }: FormProps) {
    const { code: mistake } = error ? fieldErrors(error) : { code: "" };
    function submit(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        send(String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s/g, ""));
    }
    return (
        <form className={`stack formbox${isWide ? "" : " narrow"}`} onSubmit={submit}>
            {error && !mistake ? <Alert error={error} /> : null}
            <TextField
                label={label}
                name="code"
                help={help}
                error={mistake}
                autoComplete="one-time-code"
                autoCapitalize="none"
                spellCheck={false}
            />
            <FormActs words={button} {...{ isPending, leave, leaveWords, isWide }} />
        </form>
    );
}
