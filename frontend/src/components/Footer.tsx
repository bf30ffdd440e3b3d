import { shopFacts } from "../preferences";
import { t } from "../words";
import { PreferenceLists } from "./Preferences";

export function Footer({ isSlim }: { isSlim: boolean }) {
    if (isSlim)
        return (
            <footer className="foot-slim wrap tiny muted">
                <a href="/">{t("The shop as plain pages")}</a>
            </footer>
        );
    return (
        <footer className="foot night">
            <div className="selvedge" />
            <div className="wrap">
                <p className="lead">{t("Made by hand, sent from the workshop that made it.")}</p>
                <div className="cols">
                    <div className="stack">
                        <PreferenceLists />
                    </div>
                </div>
                <p className="legal">
                    <span>
                        © {new Date().getFullYear()} {shopFacts().name}
                    </span>
                    <span>{t("UPI, cards, net banking, cash on delivery")}</span>
                    <a href="/">{t("The shop as plain pages")}</a>
                </p>
            </div>
        </footer>
    );
}
