import { useEffect } from 'react';

/** Parts of a page in which a person goes on where the thing that had the focus is gone. */
const PLACES = 'section, form, dialog, [role="dialog"], main';

/** In which a dialog that closes has given the focus back. */
const DIALOG_MS = 150;

/**
 * What was pressed is often gone by the time it is answered (a proposal that was approved), or off for a while (a button that waits). The
 * browser then leaves the focus nowhere, and whoever works by keyboard or listens to the page is at its very top again. Here it comes back to
 * what was off, and goes to the nearest part of the page that is left of where the thing was. A press beside everything is a choice, and stays.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let path: HTMLElement[] = [];
    const remember = (event: FocusEvent) => { path = event.composedPath().filter((one) => one instanceof HTMLElement); };
    const forget = () => { path = []; };
    const keep = () => {
      const [last] = path;
      if (!last || document.activeElement !== document.body || (last.isConnected && last.matches(':disabled'))) return;
      const place = last.isConnected ? last : path.find((one) => one.isConnected && one.matches(PLACES));
      if (!place) {
        setTimeout(rescue, DIALOG_MS);
        return;
      }
      if (place !== last && !place.hasAttribute('tabindex')) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    };
    // A dialog leaves nothing of itself and gives the focus back to what opened it; where that is gone too, its page is what is left.
    const rescue = () => { if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true }); };
    const changes = new MutationObserver(keep);
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget, true);
    return () => {
      changes.disconnect();
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget, true);
    };
  }, []);
}
