const STORED = 'wracam-panel-program';

/** The program worked in last on this device; null when none, or when the browser keeps nothing. */
export function lastProgram(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

export function rememberProgram(code: string): void {
  try {
    localStorage.setItem(STORED, code);
  } catch {
    // storage is switched off: the first program will do
  }
}
