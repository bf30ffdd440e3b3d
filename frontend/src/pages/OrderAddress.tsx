import toast from "react-hot-toast/headless";
import { useNavigate, useParams } from "react-router";
import { type Order, useOrder, useSendElsewhere } from "../api/orders";
import { editable } from "../address";
import { AddressForm } from "../components/AddressForm";
import { OfOrder } from "../components/order/OfOrder";
import { OrderElsewhere } from "../components/order/OrderElsewhere";
import { View } from "../components/View";
import { t } from "../words";

/** Sends an order elsewhere, until its first parcel leaves. */
export default function OrderAddress() {
    const order = useOrder(Number(useParams().id));
    return (
        <View title={t("Change the address")} of={order} beside={<OfOrder order={order.data} />} instead={<OrderElsewhere />}>
            {(data) =>
                data.can_change_address ? (
                    <Form order={data} />
                ) : (
                    <p className="note">{t("It is on its way: the address cannot be changed any more.")}</p>
                )
            }
        </View>
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
