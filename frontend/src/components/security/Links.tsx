import { useState } from "react";
import toast from "react-hot-toast/headless";
import type { Schemas } from "../../api/client";
import { useLinked, useServices, useUnlink, wayToLink } from "../../api/outside";
import { day, t } from "../../words";
import { Alert } from "../Trouble";
import { type Act, refusalOf } from "./fresh";

/** Accounts elsewhere that open this one, and those that could. Nothing where the shop offers none and none is linked. */
export function Links({ act }: { act: Act }) {
    const { data: linked } = useLinked();
    const { data: services } = useServices();
    const unlink = useUnlink();
    if (!linked || !services || linked.length + services.length === 0) return null;
    const others = services.filter(({ id }) => !linked.some((one) => one.id === id));
    async function takeAway({ id, name }: Schemas["LinkedRow"]) {
        await unlink.mutateAsync(id);
        toast(t("You no longer sign in with {name}.", { name }));
    }
    return (
        <section className="block" aria-labelledby="linked-title">
            <h2 id="linked-title">{t("Other services")}</h2>
            <p>{t("An account that you have elsewhere can open this one too, without a password.")}</p>
            <Alert error={refusalOf(unlink.error)} />
            {linked.length > 0 && (
                <ul className="told">
                    {linked.map((service) => (
                        <li key={service.id}>
                            <b>{service.name}</b>
                            <p className="small muted">{t("Since {day}", { day: day(service.linked_at) })}</p>
                            <button type="button" className="link plain small" disabled={unlink.isPending} onClick={() => act(() => takeAway(service))}>
                                {t("Take it away")}
                                <span className="sr">: {service.name}</span>
                            </button>
                        </li>
                    ))}
                </ul>
            )}
            {others.length > 0 && (
                <p className="acts-row">
                    {others.map((service) => (
                        <ToLink key={service.id} {...service} />
                    ))}
                </p>
            )}
        </section>
    );
}

function ToLink({ name, start }: Schemas["ServiceRow"]) {
    const [isLeaving, setLeaving] = useState(false);
    async function leave() {
        setLeaving(true);
        location.assign(await wayToLink(start));
    }
    return (
        <button type="button" className="btn line" disabled={isLeaving} onClick={leave}>
            {t("Link {name}", { name })}
        </button>
    );
}
