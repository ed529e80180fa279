// Private windows and full disks refuse storage; the portal then works, only not offline.
function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

const cardKey = (program: string) => `wracam.card.${program}`;
const LAST_PROGRAM = 'wracam.program';

/** Keeps the own card number on this device: the only personal datum that outlives the page. */
export const rememberCard = (program: string, number: string): void => attempt(() => localStorage.setItem(cardKey(program), number), undefined);

/** The card number kept on this device, or null. */
export const rememberedCard = (program: string): string | null => attempt(() => localStorage.getItem(cardKey(program)), null);

/** Takes the card off this device. */
export const forgetCard = (program: string): void => attempt(() => localStorage.removeItem(cardKey(program)), undefined);

/** The program opened last, so that the installed app starts in it. */
export const lastProgram = (): string | null => attempt(() => localStorage.getItem(LAST_PROGRAM), null);
export const rememberProgram = (program: string): void => attempt(() => localStorage.setItem(LAST_PROGRAM, program), undefined);
