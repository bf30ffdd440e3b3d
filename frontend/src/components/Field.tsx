import type { ComponentProps, ReactNode } from "react";
import { t } from "../words";
import { Icon } from "./Icon";

type Own = { label: string; name: string; error?: string; help?: string; optional?: boolean };

function Frame({ label, name, error, help, optional, children }: Own & { children: ReactNode }) {
    return (
        <div className={`field${error ? " error" : ""}`}>
            <label htmlFor={`f-${name}`}>
                {label} {optional && <span className="opt-word">{t("(optional)")}</span>}
            </label>
            {children}
            {help && (
                <p className="help" id={`f-${name}-help`}>
                    {help}
                </p>
            )}
            {error && (
                <p className="error-text" id={`f-${name}-error`}>
                    <Icon name="circle-alert" small />
                    {error}
                </p>
            )}
        </div>
    );
}

function described({ name, error, help }: Own): string | undefined {
    return [error && `f-${name}-error`, help && `f-${name}-help`].filter(Boolean).join(" ") || undefined;
}

export function TextField({ label, name, error, help, optional, ...input }: Own & ComponentProps<"input">) {
    const own = { label, name, error, help, optional };
    return (
        <Frame {...own}>
            <input
                id={`f-${name}`}
                name={name}
                type="text"
                aria-invalid={error ? true : undefined}
                aria-describedby={described(own)}
                required={!optional}
                {...input}
            />
        </Frame>
    );
}

export function SelectField({ label, name, error, help, optional, children, ...select }: Own & ComponentProps<"select">) {
    const own = { label, name, error, help, optional };
    return (
        <Frame {...own}>
            <span className="select">
                <select
                    id={`f-${name}`}
                    name={name}
                    aria-invalid={error ? true : undefined}
                    aria-describedby={described(own)}
                    required={!optional}
                    {...select}
                >
                    {children}
                </select>
                <Icon name="chevron-down" small />
            </span>
        </Frame>
    );
}

type Choices = { name: string; legend: string; choices: [value: string, text: string][]; error?: string; defaultValue?: string };

/** One of several, all to be seen. */
export function ChoiceField({ name, legend, choices, error, defaultValue }: Choices) {
    return (
        <fieldset className={`field${error ? " error" : ""}`} aria-describedby={error ? `f-${name}-error` : undefined}>
            <legend>{legend}</legend>
            <div>
                {choices.map(([value, text]) => (
                    <label className="check" key={value}>
                        <input type="radio" name={name} value={value} defaultChecked={value === defaultValue} />
                        <span>{text}</span>
                    </label>
                ))}
            </div>
            {error && (
                <p className="error-text" id={`f-${name}-error`}>
                    <Icon name="circle-alert" small />
                    {error}
                </p>
            )}
        </fieldset>
    );
}

/** All mistakes first, each a link to its field; focused when it appears. */
export function MistakeList({ mistakes, note }: { mistakes: Record<string, string | undefined>; note?: string }) {
    const found = Object.entries(mistakes).filter(([, text]) => text);
    if (found.length === 0) return null;
    return (
        <div className="alert" role="alert" tabIndex={-1} ref={(box) => box?.focus()} key={found.map(([name]) => name).join()}>
            <b>{t("Something is missing or not right")}</b>
            <ul>
                {found.map(([name, text]) => (
                    <li key={name}>
                        <a href={`#f-${name}`}>{text}</a>
                    </li>
                ))}
            </ul>
            {note && <p className="small">{note}</p>}
        </div>
    );
}
