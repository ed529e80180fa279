import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';

/** Everything that rules may answer to besides purchases. */
export function useEventTypes() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('event-types'), queryFn: () => api().listEventTypes({ params: { program: code } }) });
}

/** The name of a type by its code; the code itself until the list is there. */
export function useEventName(): (code: string) => string {
  const types = useEventTypes().data?.items;
  return (code) => types?.find((one) => one.code === code)?.name ?? code;
}
