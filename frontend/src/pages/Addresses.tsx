import { useState } from "react";
import toast from "react-hot-toast/headless";
import { useAddresses, useChangeAddress } from "../api/account";
import { addressLines, editable, type KeptAddress } from "../address";
import { AddressForm } from "../components/AddressForm";
import { Icon } from "../components/Icon";
import { Page } from "../components/Page";
import { Alert } from "../components/Trouble";
import { offerUndo } from "../components/undo";
import { AccountView } from "../components/View";
import { t } from "../words";

export default function Addresses() {
    const addresses = useAddresses();
    const change = useChangeAddress();
    const [edited, setEdited] = useState<KeptAddress | "new" | null>(null);
    const remove = (gone: KeptAddress) => {
        change.mutate({ kind: "remove", id: gone.id });
        const putBack = () => change.mutate({ kind: "save", address: editable(gone), isDefault: gone.is_default });
        offerUndo(t("The address is gone."), putBack);
    };
    if (edited) return <Edit kept={edited === "new" ? undefined : edited} change={change} done={() => setEdited(null)} />;
    const add = (
        <button type="button" className={`btn${addresses.data?.length ? " line" : ""}`} onClick={() => setEdited("new")}>
            <Icon name="plus" small />
            {t("Add an address")}
        </button>
    );
    return (
        <AccountView title={t("Your addresses")} of={addresses} beside={add}>
            {(data) => (
                <>
                    <Alert error={change.error} />
                    {data.length === 0 && <p className="muted">{t("No address yet. The first one is kept when you order.")}</p>}
                    <ul className="address-list">
                        {data.map((address) => (
                            <Kept
                                key={address.id}
                                address={address}
                                edit={() => setEdited(address)}
                                choose={() => change.mutate({ kind: "default", id: address.id })}
                                remove={() => remove(address)}
                            />
                        ))}
                    </ul>
                </>
            )}
        </AccountView>
    );
}

type EditProps = { kept?: KeptAddress; change: ReturnType<typeof useChangeAddress>; done: () => void };

function Edit({ kept, change, done }: EditProps) {
    const title = kept ? t("Change the address") : t("Add an address");
    function saved() {
        done();
        toast(t("The address is saved."));
    }
    function leave() {
        change.reset();
        done();
    }
    return (
        <Page title={title} wide>
            <div className="stack formbox narrow">
                <h1>{title}</h1>
                <AddressForm
                    start={kept && editable(kept)}
                    button={t("Save")}
                    refusal={change.error}
                    isBusy={change.isPending}
                    onDone={(address) => change.mutate({ kind: "save", id: kept?.id, address }, { onSuccess: saved })}
                />
                <button type="button" className="link plain" onClick={leave}>
                    {t("Back to your addresses")}
                </button>
            </div>
        </Page>
    );
}

type KeptProps = { address: KeptAddress; edit: () => void; choose: () => void; remove: () => void };

function Kept({ address, edit, choose, remove }: KeptProps) {
    const [name, ...lines] = addressLines(address);
    const about = <span className="sr"> {`${address.name}, ${address.city}`}</span>;
    return (
        <li className="panel stack">
            <address>
                <b>{name}</b>
                {lines.map((line) => (
                    <span key={line} className="tw:block">
                        {line}
                    </span>
                ))}
            </address>
            {address.is_default && (
                <p className="ok small with-icon">
                    <Icon name="check" small />
                    {t("We deliver here unless you say otherwise.")}
                </p>
            )}
            <div className="acts-row">
                <button type="button" className="link small" onClick={edit}>
                    {t("Change")}
                    {about}
                </button>
                {!address.is_default && (
                    <button type="button" className="link plain small" onClick={choose}>
                        {t("Deliver here first")}
                        {about}
                    </button>
                )}
                <button type="button" className="link plain small" onClick={remove}>
                    {t("Remove")}
                    {about}
                </button>
            </div>
        </li>
    );
}
