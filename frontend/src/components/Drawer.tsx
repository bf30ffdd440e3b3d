import { type ReactNode, useRef } from "react";
import { useHeldFocus } from "../focus";

type Props = { label: string; isOpen: boolean; close: () => void; atStart?: boolean; children: ReactNode };

/** Over the page, from its end or start: holds the focus while it is open and gives it back. */
export function Drawer({ label, isOpen, close, atStart = false, children }: Props) {
    const box = useRef<HTMLDivElement>(null);
    useHeldFocus(box, isOpen, close);
    return (
        <div
            className={`drawer${atStart ? " start" : ""}`}
            data-open={isOpen ? "" : undefined}
            onClick={(event) => event.target === event.currentTarget && event.detail < 2 && close()} // not by the second half of the double click that opened it
        >
            <div className="box" role="dialog" aria-modal="true" aria-label={label} tabIndex={-1} ref={box} inert={!isOpen}>
                <div className="selvedge" />
                {children}
            </div>
        </div>
    );
}
