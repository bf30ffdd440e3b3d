import { type FormEvent, type KeyboardEvent, useDeferredValue, useEffect, useId, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useSuggestions } from "../api/catalogue";
import { money } from "../money";
import { t } from "../words";
import { Icon } from "./Icon";
import { Picture } from "./Picture";
import { placeState } from "./PlaceLink";

type Choice = { key: string; group: string; to: string; state?: object; label: string; price?: string; image?: Parameters<typeof Picture>[0]["image"] };

/** The search field with suggestions: a combobox, arrows choose, Enter goes, Escape closes. */
export function Search() {
    const place = useLocation();
    const goTo = useNavigate();
    const list = useId();
    const [words, setWords] = useState("");
    const [isOpen, setOpen] = useState(false);
    const [chosen, setChosen] = useState(-1);
    const choices = useChoices(useDeferredValue(words.trim()));
    const shown = isOpen && choices.length > 0;

    useEffect(() => {
        setOpen(false);
        setWords(place.pathname === "/search" ? (new URLSearchParams(place.search).get("q") ?? "") : "");
    }, [place.pathname, place.search]);

    function go(event: FormEvent) {
        event.preventDefault();
        const choice = shown ? choices[chosen] : undefined;
        setOpen(false);
        goTo(choice?.to ?? `/search?q=${encodeURIComponent(words.trim())}`, { state: choice?.state });
    }

    function onKey(event: KeyboardEvent) {
        if (event.key === "Escape") setOpen(false);
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        setOpen(true);
        const step = event.key === "ArrowDown" ? 1 : -1;
        setChosen((now) => Math.max(-1, Math.min(choices.length - 1, now + step)));
    }

    return (
        <form className="search" role="search" onSubmit={go}>
            <Icon name="search" />
            <label className="sr" htmlFor="q">
                {t("Search the shop")}
            </label>
            <input
                id="q"
                type="search"
                value={words}
                placeholder={t("Search the shop")}
                autoComplete="off"
                enterKeyHint="search"
                maxLength={100}
                role="combobox"
                aria-expanded={shown}
                aria-controls={list}
                aria-autocomplete="list"
                aria-activedescendant={shown && chosen >= 0 ? `${list}-${chosen}` : undefined}
                onChange={(event) => {
                    setWords(event.target.value);
                    setChosen(-1);
                    setOpen(true);
                }}
                onKeyDown={onKey}
                onBlur={() => setOpen(false)}
            />
            <div className="suggest" id={list} role="listbox" aria-label={t("Suggestions")} hidden={!shown}>
                {choices.map((choice, index) => (
                    <div
                        key={choice.key}
                        id={`${list}-${index}`}
                        role="option"
                        aria-selected={index === chosen}
                        onMouseDown={(event) => {
                            event.preventDefault();
                            setOpen(false);
                            goTo(choice.to, { state: choice.state });
                        }}
                    >
                        {choice.image ? <Picture image={choice.image} sizes="2.5rem" alt="" /> : <Icon name="search" small />}
                        {choice.label}
                        {choice.price && <b>{choice.price}</b>}
                    </div>
                ))}
            </div>
        </form>
    );
}

function useChoices(words: string): Choice[] {
    const { data } = useSuggestions(words);
    if (!data || words.length < 2) return [];
    return [
        ...data.products.map((product) => ({
            key: `p${product.id}`,
            group: "products",
            to: product.url,
            state: placeState("product", product.id),
            label: product.name,
            price: money(product.price, product.currency),
            image: product.image,
        })),
        ...data.categories.map((shelf) => ({
            key: `c${shelf.id}`,
            group: "shelves",
            to: shelf.url,
            state: placeState("category", shelf.id),
            label: shelf.name,
        })),
        ...data.queries.map((query) => ({
            key: `q${query}`,
            group: "queries",
            to: `/search?q=${encodeURIComponent(query)}`,
            label: query,
        })),
    ];
}
