import type { FormEvent } from "react";
import toast from "react-hot-toast/headless";
import { useChangePassword, useChangeProfile } from "../api/account";
import { fieldErrors } from "../api/problem";
import { useUser } from "../api/session";
import { ChangeEmail } from "../components/ChangeEmail";
import { TextField } from "../components/Field";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { t } from "../words";

const values = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    return Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
};

export default function Profile() {
    const user = useUser();
    const profile = useChangeProfile();
    const password = useChangePassword();
    if (!user) return null;
    const mistakes = profile.error ? fieldErrors(profile.error) : {};
    const wrong = password.error ? fieldErrors(password.error) : {};
    const known = (found: object) => Object.keys(found).length > 0;
    return (
        <Page title={t("Name and password")} wide>
            <h1 className="tw:mb-6">{t("Name and password")}</h1>
            <form
                className="stack narrow formbox"
                onSubmit={(event) => {
                    const { name, phone } = values(event);
                    profile.mutate({ name: name!, phone: phone! }, { onSuccess: () => toast(t("Saved.")) });
                }}
            >
                {profile.error && !known(mistakes) ? <Alert error={profile.error} /> : null}
                <TextField label={t("Name")} name="name" autoComplete="name" defaultValue={user.name} error={mistakes.name} optional />
                <TextField
                    label={t("Mobile number")}
                    name="phone"
                    type="tel"
                    autoComplete="tel"
                    defaultValue={user.phone}
                    error={mistakes.phone}
                    optional
                />
                <button className="btn" disabled={profile.isPending}>
                    {t("Save")}
                </button>
            </form>
            <ChangeEmail />
            <section className="block last">
                <h2>{t("Password")}</h2>
                <form
                    className="stack narrow formbox"
                    onSubmit={(event) => {
                        const { old_password, new_password } = values(event);
                        password.mutate({ old_password: old_password!, new_password: new_password! });
                    }}
                >
                    <p className="small muted">{t("A new password signs you out everywhere, here too.")}</p>
                    {password.error && !known(wrong) ? <Alert error={password.error} /> : null}
                    <TextField
                        label={t("Password now")}
                        name="old_password"
                        type="password"
                        autoComplete="current-password"
                        error={wrong.old_password}
                    />
                    <TextField
                        label={t("New password")}
                        name="new_password"
                        type="password"
                        autoComplete="new-password"
                        error={wrong.new_password}
                    />
                    <button className="btn line" disabled={password.isPending}>
                        {t("Change the password")}
                    </button>
                </form>
            </section>
        </Page>
    );
}
