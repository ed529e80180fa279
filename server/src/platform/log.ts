import { pino } from 'pino';

export type Logger = Pick<ReturnType<typeof pino>, 'info' | 'warn' | 'error' | 'debug'>;

/** Headers and bodies are never logged; these paths are a second fence. */
const REDACTED = ['*.phone', '*.email', '*.firstName', '*.lastName', '*.code', '*.token', '*.secret', '*.password', '*.authorization', '*.cookie', 'req.headers', 'req.body'];

/** Structured log to standard error: figures and ids, never personal data or secrets. */
export const makeLog = (level: string = 'info'): ReturnType<typeof pino> =>
  pino({ level, redact: { paths: REDACTED, censor: '…' }, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
