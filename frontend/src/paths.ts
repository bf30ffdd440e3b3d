/** Only a path of this app: an address from outside must not send anybody elsewhere. */
export function afterSignIn(next: string | null): string {
    return next && /^\/(?![/\\])/.test(next) ? next : "/account";
}
