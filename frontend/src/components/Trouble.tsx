import { Component, type ErrorInfo, type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";
import { asProblem, isRefusal, Problem, told } from "../api/problem";
import { beginAnew, isPartMissing } from "../release";
import { t } from "../words";
import { useTitle } from "./Page";

type TroubleProps = { error: unknown; again?: () => void; heading?: "h1" | "h2"; children?: ReactNode };

/**
 * An answer that did not come, where its content would stand. What was refused is not asked for again: `children` say what
 * to do instead.
 */
export function Trouble({ error, again, heading: Heading = "h1", children }: TroubleProps) {
    const { status } = asProblem(error);
    const isRefused = isRefusal(error);
    const title = status === 404 ? t("Nothing stands here") : t("That did not come through");
    useTitle(Heading === "h1" ? title : undefined);
    return (
        <div className="empty" role="alert">
            <Heading>{title}</Heading>
            <p>{told(error)}</p>
            {again && !isRefused && (
                <button className="btn" type="button" onClick={() => again()}>
                    {t("Try again")}
                </button>
            )}
            {isRefused && (children ?? <WayOn />)}
        </div>
    );
}

/** Nobody stands at the end of a road. */
function WayOn() {
    return (
        <Link className="btn" to="/">
            {t("Look around")}
        </Link>
    );
}

/** What a press of a button brought: focused, so that it is read out. */
export function Alert({ error, children }: { error: unknown; children?: ReactNode }) {
    const box = useRef<HTMLDivElement>(null);
    useEffect(() => box.current?.focus(), [error]);
    if (!error) return null;
    return (
        <div className="alert" role="alert" tabIndex={-1} ref={box}>
            <b>{told(error)}</b>
            {children}
        </div>
    );
}

type Props = { children: ReactNode; resetKey: string; isPart?: boolean };

/** A view, or a part of one, that breaks takes only itself down; the rest stays, and the next address begins afresh. */
export class Boundary extends Component<Props, { error: unknown }> {
    override state = { error: null as unknown };

    static getDerivedStateFromError(error: unknown) {
        return { error };
    }

    override componentDidCatch(error: unknown, info: ErrorInfo) {
        console.error(error, info.componentStack);
        if (isPartMissing(error) && !this.props.isPart) beginAnew();
    }

    override componentDidUpdate(before: Props) {
        if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: null });
    }

    override render() {
        if (!this.state.error) return this.props.children;
        if (this.props.isPart)
            return (
                <p className="note small" role="alert">
                    {t("A part of this page broke on our side. The rest works.")}
                </p>
            );
        return (
            <div className="wrap">
                <div className="empty" role="alert">
                    {isPartMissing(this.state.error) ? (
                        <>
                            <h1>{t("That did not come through")}</h1>
                            <p>{told(new Problem(0))}</p>
                        </>
                    ) : (
                        <>
                            <h1>{t("Something broke on our side")}</h1>
                            <p>{t("Your cart is safe, and nothing was charged by this page.")}</p>
                        </>
                    )}
                    <button className="btn" type="button" onClick={() => location.reload()}>
                        {t("Load it again")}
                    </button>
                </div>
            </div>
        );
    }
}
