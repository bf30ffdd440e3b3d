import { Suspense } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { useNeedsSignIn, useSignOut } from "../api/account";
import { Icon } from "../components/Icon";
import { Skeleton } from "../components/Skeleton";
import { Boundary } from "../components/Trouble";
import { t } from "../words";

export default function Account() {
    const user = useNeedsSignIn();
    const signOut = useSignOut();
    const { pathname } = useLocation();
    if (!user) return null;
    const places: [string, string][] = [
        ["/account", t("Your account")],
        ["/account/orders", t("Orders")],
        ["/account/addresses", t("Addresses")],
        ["/account/wishlist", t("Wishlist")],
        ["/account/reviews", t("Reviews")],
        ["/account/complaints", t("Complaints")],
        ["/account/notices", t("Notices")],
        ["/account/profile", t("Name and password")],
        ["/account/security", t("Sign-in and security")],
        ["/account/data", t("Your data")],
    ];
    return (
        <div className="wrap">
            <div className="account">
                <nav className="account-nav" aria-label={t("Your account")}>
                    <ul>
                        {places.map(([path, title]) => (
                            <li key={path}>
                                <NavLink to={path} end>
                                    {title}
                                </NavLink>
                            </li>
                        ))}
                    </ul>
                    <form
                        onSubmit={(event) => {
                            event.preventDefault();
                            signOut.mutate();
                        }}
                    >
                        <button className="link plain">
                            <Icon name="log-out" small className="turn" />
                            {t("Sign out")}
                        </button>
                    </form>
                </nav>
                <div className="account-main">
                    <Boundary resetKey={pathname}>
                        <Suspense fallback={<Skeleton kind="lines" />}>
                            <Outlet />
                        </Suspense>
                    </Boundary>
                </div>
            </div>
        </div>
    );
}
