import toast from "react-hot-toast/headless";
import { t } from "../words";

/** Something is gone; for as long as this stands, one press brings it back. */
export function offerUndo(told: string, undo: () => void): void {
    toast((shown) => (
        <>
            <span>{told}</span>
            <button
                type="button"
                className="link-button tw:ms-auto tw:min-h-11"
                onClick={() => {
                    toast.dismiss(shown.id);
                    undo();
                }}
            >
                {t("Undo")}
            </button>
        </>
    ));
}
