import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { useProgram, useProgramReadAt } from '../api/program.tsx';

/**
 * The program's time now, in milliseconds UTC. A test program stands on its own clock; a live one runs on from what the server
 * said last, so that a wrong clock in this device never dates a sale in the future.
 */
export function useProgramNow(): () => number {
  const { now, test } = useProgram();
  const readAt = useProgramReadAt();
  return () => Date.parse(now) + (test ? 0 : Math.max(0, Date.now() - readAt));
}

/** The program's own day: after midnight a device's clock in UTC still says yesterday. */
export function useToday(): LocalDate {
  const { timeZone } = useProgram();
  return localDate(timeZone, useProgramNow()());
}
