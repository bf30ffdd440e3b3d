import { useCallback, useEffect, useState } from "react";
import { Link, useLocation } from "react-router";
import { useCart } from "../api/cart";
import type { Schemas } from "../api/client";
import { useNewNotices } from "../api/notices";
import { useNavigation } from "../api/site";
import { useUser } from "../api/session";
import { isSameView } from "../focus";
import { choose, isDark, shopFacts, usePreferences } from "../preferences";
import { t } from "../words";
import { Drawer } from "./Drawer";
import { Icon, Mark } from "./Icon";
import { Overlay } from "./Overlay";
import { ShopLink } from "./PlaceLink";
import { PreferenceLists } from "./Preferences";
import { Search } from "./Search";

export function Header({ isSlim }: { isSlim: boolean }) {
    return (
        <header className={`top${isSlim ? " slim" : ""}`}>
            {shopFacts().demo && <p className="demo wrap">{t("Demo: no money moves and nothing is sent.")}</p>}
            {!isSlim && <NoticeLine />}
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

function NoticeLine() {
    const [first, ...more] = useNavigation().data?.notices ?? [];
    if (!first) return null;
    return (
        <div className="notice">
            <p className="wrap">
                {first}{" "}
                {more.map((notice) => (
                    <span className="more" key={notice}>
                        {notice}
                    </span>
                ))}
            </p>
        </div>
    );
}

function Home() {
    return (
        <Link className="mark" to="/">
            <Mark label={t("{shop}, home", { shop: shopFacts().name })} />
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
    const { data } = useNavigation();
    return (
        <nav className="nav" aria-label={t("Shop")}>
            {data?.navigation.map((link) => (
                <ShopLink key={link.url} link={link} inMenu />
            ))}
        </nav>
    );
}

function Menu() {
    const [isOpen, setOpen] = useState(false);
    const { data } = useNavigation();
    const place = useLocation();
    const close = useCallback(() => setOpen(false), []);
    useEffect(() => {
        if (!isSameView(place.state)) close();
    }, [place, close]);
    return (
        <>
            <button className="icon-btn menu" type="button" aria-label={t("Menu")} aria-expanded={isOpen} onClick={() => setOpen(true)}>
                <Icon name="menu" />
            </button>
            <MenuDrawer isOpen={isOpen} close={close} links={data?.navigation ?? []} />
        </>
    );
}

function MenuDrawer({ isOpen, close, links }: { isOpen: boolean; close: () => void; links: Schemas["Link"][] }) {
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
                        {links.map((link) => (
                            <li key={link.url}>
                                <ShopLink link={link} inMenu />
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
