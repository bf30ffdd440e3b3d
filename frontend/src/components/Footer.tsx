import { Link } from "react-router";
import { homePath, useNavigation, useSettings } from "../api/site";
import { shopFacts, usePreferences } from "../preferences";
import { t } from "../words";
import { ShopLink } from "./PlaceLink";
import { PreferenceLists } from "./Preferences";

export function Footer({ isSlim }: { isSlim: boolean }) {
    if (isSlim)
        return (
            <footer className="foot-slim wrap tiny muted">
                <PrivacyChoices /> <a href="/">{t("The shop as plain pages")}</a>
            </footer>
        );
    return (
        <footer className="foot night">
            <div className="selvedge" />
            <div className="wrap">
                <Lead />
                <div className="cols">
                    <Columns />
                    <div>
                        <PreferenceLists />
                    </div>
                </div>
                <Legal />
            </div>
        </footer>
    );
}

function Lead() {
    const { data } = useNavigation();
    const contact = useSettings().data?.contact;
    return (
        <div>
            {data?.footer.lead && <p className="lead">{data.footer.lead}</p>}
            {(contact?.email || contact?.phone) && (
                <p className="reach">
                    {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
                    {contact.phone && (
                        <a href={`tel:${contact.phone}`}>
                            <bdi>{contact.phone}</bdi>
                        </a>
                    )}
                </p>
            )}
        </div>
    );
}

function Columns() {
    const { data } = useNavigation();
    return data?.footer.columns.map((column) => (
        <div key={column.title}>
            <h2>{column.title}</h2>
            <ul>
                {column.links.map((link) => (
                    <li key={link.url}>
                        <ShopLink link={link} inMenu />
                    </li>
                ))}
            </ul>
        </div>
    ));
}

function Legal() {
    const { data } = useNavigation();
    const settings = useSettings().data;
    const officer = settings?.grievance_officer;
    const home = homePath(usePreferences().language);
    return (
        <p className="legal">
            <span>
                © {new Date().getFullYear()} {settings?.legal_name || shopFacts().name}
            </span>
            {settings?.gstin && (
                <span>
                    GSTIN <bdi>{settings.gstin}</bdi>
                </span>
            )}
            <span>{t("UPI, cards, net banking, cash on delivery")}</span>
            <a href={`${home}help/`}>{t("Help and complaints")}</a>
            {officer?.name && (
                <span>
                    {t("Grievance officer:")} {officer.name}
                    {(officer.phone || officer.email) && (
                        <>
                            , <bdi>{officer.phone || officer.email}</bdi>
                        </>
                    )}
                </span>
            )}
            {data?.footer.legal.map((link) => (
                <ShopLink key={link.url} link={link} inMenu />
            ))}
            <PrivacyChoices />
            <a href="/">{t("The shop as plain pages")}</a>
        </p>
    );
}

/** The way back from a yes or a no. */
function PrivacyChoices() {
    return <Link to="/privacy/choices">{t("Privacy choices")}</Link>;
}
