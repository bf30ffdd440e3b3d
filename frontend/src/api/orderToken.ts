/** The token of a letter's link: it opens one order, in this tab. Good for a day, or for as long as the server says. */
const TOKEN = "order-token";
const OF_AN_ORDER = /^\/api\/(order|payments?)\//;

export function orderToken(): string {
    try {
        return sessionStorage.getItem(TOKEN) ?? "";
    } catch {
        return "";
    }
}

/** Out of the address, before anything is asked or shown: what stands there is kept, sent on and looked over. */
export function takeOrderToken(): void {
    const token = location.hash.slice(1);
    if (!token || !/\/order\/\d+$/.test(location.pathname)) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    try {
        sessionStorage.setItem(TOKEN, token);
    } catch {
        // without storage the letter's link to the plain page still works
    }
}

export function withOrderToken(request: Request): void {
    const token = orderToken();
    if (token && OF_AN_ORDER.test(new URL(request.url).pathname)) request.headers.set("X-Order-Token", token);
}
