import { useDevices, useSignOutThere } from "../api/devices";
import { day, t } from "../words";
import { Alert } from "./Trouble";

/** Where the account is signed in; another place is signed out from here. */
export function Devices() {
    const { data } = useDevices();
    const signOut = useSignOutThere();
    if (!data) return null;
    return (
        <section className="block" aria-labelledby="devices">
            <h2 id="devices">{t("Where you are signed in")}</h2>
            <Alert error={signOut.error} />
            <ul className="stack">
                {data.map((device) => (
                    <li key={device.id} className="parcel">
                        <div className="ticket-top">
                            <b>{device.device || t("Unknown device")}</b>
                            {device.is_current ? (
                                <p className="status good">{t("This one")}</p>
                            ) : (
                                <button type="button" className="link plain small tw:ms-auto" onClick={() => signOut.mutate(device.id)}>
                                    {t("Sign out there")}
                                    <span className="sr"> {device.device}</span>
                                </button>
                            )}
                        </div>
                        <p className="small muted">{[device.network, day(device.last_used_at)].filter(Boolean).join(", ")}</p>
                    </li>
                ))}
            </ul>
            {data.length > 1 && (
                <p>
                    <button type="button" className="btn line" disabled={signOut.isPending} onClick={() => signOut.mutate("others")}>
                        {t("Sign out everywhere else")}
                    </button>
                </p>
            )}
        </section>
    );
}
