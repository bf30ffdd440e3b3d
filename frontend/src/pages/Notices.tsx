import { Link } from "react-router";
import { useNoticeChange, useNotices } from "../api/notices";
import { Alert } from "../components/Trouble";
import { AccountView } from "../components/View";
import { day, t } from "../words";

export default function Notices() {
    const notices = useNotices();
    const change = useNoticeChange();
    const hasNew = notices.data?.some(({ status }) => status !== "read");
    return (
        <AccountView title={t("Notices")} of={notices}>
            {(data) => (
                <>
                    <Alert error={change.error} />
                    {data.length === 0 && <p>{t("Nothing new. What happens to your orders will stand here.")}</p>}
                    <div className="acts-row">
                        {hasNew && (
                            <button type="button" className="btn line" onClick={() => change.mutate({ kind: "read-all" })}>
                                {t("Mark all as read")}
                            </button>
                        )}
                        <Link className="link" to="/account/notices/choices">
                            {t("What we tell you")}
                        </Link>
                    </div>
                    <ul className="told">
                        {data.map((notice) => (
                            <li key={notice.id} className={notice.status === "read" ? undefined : "is-new"}>
                                <h2 className="h-small">{notice.subject}</h2>
                                <p>{notice.message}</p>
                                <p className="small muted">
                                    <time dateTime={notice.created_at}>{day(notice.created_at)}</time>
                                </p>
                                <div className="acts-row">
                                    {notice.order && (
                                        <Link className="link small" to={`/order/${notice.order}`}>
                                            {t("See the order")}
                                            <span className="sr">: {notice.subject}</span>
                                        </Link>
                                    )}
                                    {notice.status !== "read" && (
                                        <button type="button" className="link plain small" onClick={() => change.mutate({ kind: "read", id: notice.id })}>
                                            {t("Mark as read")}
                                            <span className="sr">: {notice.subject}</span>
                                        </button>
                                    )}
                                    <button type="button" className="link plain small" onClick={() => change.mutate({ kind: "remove", id: notice.id })}>
                                        {t("Delete")}
                                        <span className="sr">: {notice.subject}</span>
                                    </button>
                                </div>
                            </li>
                        ))}
                    </ul>
                </>
            )}
        </AccountView>
    );
}
