export function Icon({ name, small = false, className = "" }: { name: string; small?: boolean; className?: string }) {
    return (
        <svg className={`icon${small ? " s" : ""} ${className}`} aria-hidden="true">
            <use href={`#i-${name}`} />
        </svg>
    );
}

export function Mark({ label }: { label: string }) {
    return (
        <svg viewBox="0 0 138 38" width="138" height="38" role="img" aria-label={label}>
            <use href="#mark" />
        </svg>
    );
}
