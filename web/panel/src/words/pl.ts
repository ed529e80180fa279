import { shell, signIn } from './pl/shell.ts';

export const pl = { shell, signIn };
