/** What has to outlive a reload of this window, and no longer than the window: an order under way, an address half typed. */
const here = new Map<string, string>(); // where storage is forbidden it lasts until the reload

export function keepHere(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    here.set(name, text);
    try {
        sessionStorage.setItem(name, text);
    } catch {
        // as above
    }
}

export function keptHere<T>(name: string): T | null {
    try {
        const text = sessionStorage.getItem(name);
        return text === null ? null : (JSON.parse(text) as T);
    } catch {
        const text = here.get(name);
        return text === undefined ? null : (JSON.parse(text) as T);
    }
}

export function forgetHere(name: string): void {
    here.delete(name);
    try {
        sessionStorage.removeItem(name);
    } catch {
        // as above
    }
}
