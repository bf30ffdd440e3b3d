import { Link, useLocation } from "react-router";
import { useUser } from "../../api/session";
import { t } from "../../words";

/** For an order that is not there, or not for this browser: by an account, or by a letter's link, it may be. */
export function OrderElsewhere() {
    const { pathname } = useLocation();
    const user = useUser();
    return (
        <>
            <p className="muted">{t("Did you order as a guest, or in another browser? Have the link sent to you.")}</p>
            <div className="acts-row">
                <Link className="btn" to="/track">
                    {t("Track an order")}
                </Link>
                {!user && (
                    <Link className="btn line" to={`/sign-in?next=${pathname}`}>
                        {t("Sign in")}
                    </Link>
                )}
            </div>
        </>
    );
}
