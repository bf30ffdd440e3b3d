import type { ReactNode } from "react";
import type { Schemas } from "../../api/client";
import { t } from "../../words";
import { Icon } from "../Icon";

export function Details({ product, sku }: { product: Schemas["ProductDraft"]; sku: string }) {
    return (
        <div className="accordion">
            <Fold title={t("Size and care")} isOpen>
                <dl className="spec">
                    {product.attributes.map((attribute) => (
                        <div key={attribute.code} style={{ display: "contents" }}>
                            <dt>{attribute.name}</dt>
                            <dd>
                                <bdi>{attribute.value_text}</bdi>
                            </dd>
                        </div>
                    ))}
                    <dt>{t("Number")}</dt>
                    <dd>
                        <bdi>{sku}</bdi>
                    </dd>
                </dl>
            </Fold>
        </div>
    );
}

function Fold({ title, isOpen = false, children }: { title: string; isOpen?: boolean; children: ReactNode }) {
    return (
        <details className="acc" open={isOpen}>
            <summary>
                {title}
                <Icon name="chevron-down" small className="chev" />
            </summary>
            <div>{children}</div>
        </details>
    );
}
