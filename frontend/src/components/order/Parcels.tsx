import { useTracking } from "../../api/orders";
import { day, t } from "../../words";

export function Parcels({ id }: { id: number }) {
    const { data } = useTracking(id);
    if (!data || data.shipments.length === 0) return null;
    return (
        <section aria-labelledby="parcels">
            <h2 className="h-xl" id="parcels">
                {t("Parcels")}
            </h2>
            <ul>
                {data.shipments.map((parcel) => (
                    <li className="parcel" key={parcel.id}>
                        <div className="ticket-top">
                            <b>{t("Parcel {number}", { number: parcel.number })}</b>
                            <p className={`status ${parcel.status === "refused" ? "trouble" : "good"}`}>{parcelWords(parcel.status)}</p>
                        </div>
                        <p className="small muted">{parcel.items.map((item) => `${item.quantity} × ${item.name}`).join(", ")}</p>
                        <p className="small">
                            {parcel.courier} <bdi className="num">{parcel.tracking_number}</bdi>{" "}
                            {parcel.tracking_url && (
                                <a className="link" href={parcel.tracking_url} rel="noreferrer">
                                    {t("Follow it")}
                                    <span className="sr"> {t("Parcel {number}", { number: parcel.number })}</span>
                                </a>
                            )}
                        </p>
                        {parcel.events.length > 0 && (
                            <ol className="small">
                                {parcel.events.map((event) => (
                                    <li key={event.at + event.status}>
                                        <b>{event.text || parcelWords(event.status)}</b>{" "}
                                        <span className="muted">{[event.place, day(event.at)].filter(Boolean).join(", ")}</span>
                                    </li>
                                ))}
                            </ol>
                        )}
                    </li>
                ))}
            </ul>
        </section>
    );
}

function parcelWords(status: string): string {
    const words: Record<string, string> = {
        shipped: t("On its way"),
        in_transit: t("On its way"),
        out_for_delivery: t("With the rider"),
        delivered: t("Delivered"),
        refused: t("Not taken at the door"),
    };
    return words[status] ?? status;
}
