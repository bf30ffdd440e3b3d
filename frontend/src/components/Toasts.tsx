import { useToaster } from "react-hot-toast/headless";

/** The headless half of React Hot Toast: its own look writes style elements, which our policy refuses. */
export function Toasts() {
    const { toasts, handlers } = useToaster({ duration: 6000 });
    return (
        <div
            className="toasts"
            role="status"
            aria-live="polite"
            onMouseEnter={handlers.startPause}
            onMouseLeave={handlers.endPause}
            onFocus={handlers.startPause}
            onBlur={handlers.endPause}
        >
            {toasts
                .filter((toast) => toast.visible)
                .map((toast) => (
                    <div className="toast" key={toast.id}>
                        {typeof toast.message === "function" ? toast.message(toast) : toast.message}
                    </div>
                ))}
        </div>
    );
}
