import toast from "react-hot-toast/headless";
import { Link, useNavigate, useParams } from "react-router";
import { type Order, useOrder, useSendElsewhere } from "../api/orders";
import { editable } from "../address";
import { AddressForm } from "../components/AddressForm";
import { OrderTrouble } from "../components/order/OrderTrouble";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { t } from "../words";

/** Sends an order elsewhere, until its first parcel leaves. */
export default function OrderAddress() {
    const { data, error, refetch } = useOrder(Number(useParams().id));
    if (error) return <OrderTrouble error={error} again={refetch} />;
    if (!data) return <div className="wrap"><Skeleton kind="lines" /></div>;
    return (
        <Page title={t("Change the address")}>
            <div className="head page-head">
                <h1>{t("Change the address")}</h1>
                <p className="small muted">
                    {t("Order")} <Link className="link" to={`/order/${data.id}`}>{data.number}</Link>
                </p>
            </div>
            {data.can_change_address ? (
                <Form order={data} />
            ) : (
                <p className="note">{t("It is on its way: the address cannot be changed any more.")}</p>
            )}
        </Page>
    );
}

function Form({ order }: { order: Order }) {
    const change = useSendElsewhere(order.id);
    const goTo = useNavigate();
    return (
        <div className="formbox narrow">
            <AddressForm
                start={editable(order.address)}
                button={t("Send it there")}
                refusal={change.error}
                isBusy={change.isPending}
                onDone={(address) =>
                    change.mutate(address, {
                        onSuccess: () => {
                            toast(t("The order goes to the new address."));
                            goTo(`/order/${order.id}`);
                        },
                    })
                }
            />
        </div>
    );
}
