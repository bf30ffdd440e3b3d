import { useMemo } from "react";
import { encode } from "uqr";
import { t } from "../words";

/** Drawn here: the seed in it goes to nobody else. */
export default function QrCode({ text }: { text: string }) {
    const { size, path } = useMemo(() => drawn(text), [text]);
    return (
        <svg className="qr" viewBox={`0 0 ${size} ${size}`} width="200" height="200" role="img" aria-label={t("QR code for the app")}>
            <path d={path} fill="#000" shapeRendering="crispEdges" />
        </svg>
    );
}

function drawn(text: string): { size: number; path: string } {
    const { data, size } = encode(text, { border: 2 });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
    return { size, path: dark.join("") };
}
