import { choose, languages, shopFacts, usePreferences } from "../preferences";
import { loadWords, t } from "../words";

const SYMBOLS: Record<string, string> = { INR: "₹", USD: "$", EUR: "€", GBP: "£" };

export function PreferenceLists() {
    const { language, currency } = usePreferences();
    return (
        <>
            <h2>{t("Language")}</h2>
            <ul>
                {languages.map(({ code, name }) => (
                    <li key={code}>
                        <button
                            type="button"
                            className="language"
                            lang={code}
                            aria-pressed={code === language}
                            onClick={() => loadWords(code).then(() => choose({ language: code }))}
                        >
                            {name}
                        </button>
                    </li>
                ))}
            </ul>
            <h2>{t("Currency")}</h2>
            <div className="currencies">
                {shopFacts().currencies.map((code) => (
                    <button key={code} type="button" aria-pressed={code === currency} onClick={() => choose({ currency: code })}>
                        <bdi>{SYMBOLS[code] ?? ""}</bdi> {code}
                    </button>
                ))}
            </div>
        </>
    );
}
