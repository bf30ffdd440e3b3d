import { useState } from "react";
import { t } from "../words";
import { Icon } from "./Icon";

type Props = { label: string; value: number; min?: number; max?: number; onChange: (value: number) => void };

export function Quantity({ label, value, min = 1, max = 999, onChange }: Props) {
    const [typed, setTyped] = useState<string | null>(null); // only while it is being typed; else the number that holds
    const set = (wanted: number) => {
        const bounded = Math.max(min, Math.min(max, wanted));
        setTyped(null);
        if (bounded !== value) onChange(bounded);
    };
    return (
        <div className="qty" role="group" aria-label={label}>
            <button type="button" className="icon-btn" aria-label={t("One fewer")} disabled={value <= min} onClick={() => set(value - 1)}>
                <Icon name="minus" small />
            </button>
            <input
                aria-label={label}
                type="text"
                inputMode="numeric"
                pattern="[0-9]*"
                maxLength={3}
                name="quantity"
                value={typed ?? value}
                onChange={(event) => setTyped(event.target.value.replace(/\D/g, ""))}
                onBlur={() => set(Number(typed) || value)}
                onKeyDown={(event) => event.key === "Enter" && (event.preventDefault(), set(Number(typed) || value))}
            />
            <button type="button" className="icon-btn" aria-label={t("One more")} disabled={value >= max} onClick={() => set(value + 1)}>
                <Icon name="plus" small />
            </button>
        </div>
    );
}
