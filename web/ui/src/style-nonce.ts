/** The word by which the server knows the style elements of this very page; empty where pages come from elsewhere, as while they are developed. */
export const styleNonce = (): string => document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';

/** To be called before the first page is drawn: what locks scrolling behind a dialogue makes a style element of its own, and looks for the nonce under this name. */
export function tellStyleNonce(): void {
  Reflect.set(globalThis, '__webpack_nonce__', styleNonce());
}
