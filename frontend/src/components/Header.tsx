import { useCallback, useEffect, useState } from "react";
import { Link, NavLink, useLocation } from "react-router";
import { useCart } from "../api/cart";
import { useCategories } from "../api/catalogue";
import { useNewNotices } from "../api/notices";
import { useUser } from "../api/session";
import { choose, isDark, shopFacts, usePreferences } from "../preferences";
import { t } from "../words";
import { Drawer } from "./Drawer";
import { Icon, Mark } from "./Icon";
import { Overlay } from "./Overlay";
import { PreferenceLists } from "./Preferences";
import { Search } from "./Search";

const SHELVES_IN_THE_BAR = 6;

export function Header({ isSlim }: { isSlim: boolean }) {
    return (
        <header className={`top${isSlim ? " slim" : ""}`}>
            {shopFacts().demo && <p className="demo wrap">{t("Demo: no money moves and nothing is sent.")}</p>}
            <div className="bar wrap">
                {isSlim ? (
                    <>
                        <Home />
                        <span className="with-icon small">
                            <Icon name="lock" small /> {t("Secure checkout")}
                        </span>
                    </>
                ) : (
                    <Tools />
                )}
            </div>
            <div className="selvedge" />
        </header>
    );
}

function Home() {
    return (
        <Link className="mark" to="/">
            <Mark label={t("Osari, home")} />
        </Link>
    );
}

function Tools() {
    usePreferences();
    const { cart } = useCart();
    const user = useUser();
    const count = cart?.item_count ?? 0;
    return (
        <>
            <Menu />
            <Home />
            <Shelves />
            <Search />
            <div className="tools">
                <button
                    className="icon-btn theme"
                    type="button"
                    aria-label={t("Light or dark")}
                    aria-pressed={isDark()}
                    onClick={() => choose({ theme: isDark() ? "light" : "dark" })}
                >
                    <Icon name="sun-moon" />
                </button>
                {user && <Bell />}
                <Link className="icon-btn" to={user ? "/account" : "/sign-in"} aria-label={t("Your account")}>
                    <Icon name="user" />
                </Link>
                <Link className="icon-btn" to="/cart" aria-label={count ? `${t("Cart, pieces in it:")} ${count}` : t("Cart")}>
                    <Icon name="shopping-bag" />
                    {count > 0 && (
                        <span className="dot" aria-hidden="true">
                            {count}
                        </span>
                    )}
                </Link>
            </div>
        </>
    );
}

function Bell() {
    const count = useNewNotices();
    return (
        <Link className="icon-btn" to="/account/notices" aria-label={count ? `${t("Notices, new:")} ${count}` : t("Notices")}>
            <Icon name="bell" />
            {count > 0 && (
                <span className="dot" aria-hidden="true">
                    {count}
                </span>
            )}
        </Link>
    );
}

function Shelves() {
    const { data } = useCategories();
    return (
        <nav className="nav" aria-label={t("Shop")}>
            {data?.slice(0, SHELVES_IN_THE_BAR).map((shelf) => (
                <NavLink key={shelf.id} to={`/category/${shelf.id}`}>
                    {shelf.name}
                </NavLink>
            ))}
        </nav>
    );
}

function Menu() {
    const [isOpen, setOpen] = useState(false);
    const { data } = useCategories();
    const place = useLocation();
    const close = useCallback(() => setOpen(false), []);
    useEffect(close, [place, close]);
    return (
        <>
            <button className="icon-btn menu" type="button" aria-label={t("Menu")} aria-expanded={isOpen} onClick={() => setOpen(true)}>
                <Icon name="menu" />
            </button>
            <MenuDrawer isOpen={isOpen} close={close} shelves={data ?? []} />
        </>
    );
}

function MenuDrawer({ isOpen, close, shelves }: { isOpen: boolean; close: () => void; shelves: { id: number; name: string }[] }) {
    return (
        <Overlay>
            <Drawer label={t("Menu")} isOpen={isOpen} close={close} atStart>
                <div className="hd">
                    <h2>{t("Menu")}</h2>
                    <button className="icon-btn" type="button" aria-label={t("Close menu")} onClick={close}>
                        <Icon name="x" />
                    </button>
                </div>
                <nav className="scroll" aria-label={t("Menu")}>
                    <ul className="menu-list">
                        {shelves.map((shelf) => (
                            <li key={shelf.id}>
                                <NavLink to={`/category/${shelf.id}`}>{shelf.name}</NavLink>
                            </li>
                        ))}
                    </ul>
                    <ul className="menu-list small-list">
                        <li>
                            <Link to="/account">{t("Your account")}</Link>
                        </li>
                        <li>
                            <Link to="/account/orders">{t("Your orders")}</Link>
                        </li>
                    </ul>
                    <div className="menu-prefs">
                        <PreferenceLists />
                    </div>
                </nav>
            </Drawer>
        </Overlay>
    );
}
