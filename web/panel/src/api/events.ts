import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct, useRefresh } from './program-act.ts';
import { useByHand } from './transactions.ts';
import type { Body, EventType } from './shapes.ts';

/** Everything that rules may answer to besides purchases. */
export function useEventTypes() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('event-types'), queryFn: () => api().listEventTypes({ params: { program: code } }) });
}

export const useSaveEventType = () => useProgramAct((program, { type, body }: { type: EventType | null; body: Body<'createEventType'> }): Promise<EventType> => {
  const { code: eventType, ...change } = body;
  return type === null
    ? api().createEventType({ params: { program }, body })
    : api().changeEventType({ params: { program, eventType }, body: { revision: type.revision, ...change } });
});

/** Retires an own type, or brings it back. */
export const useRetireEventType = () => useProgramAct((program, { type, state }: { type: EventType; state: EventType['state'] }) => api().changeEventType({ params: { program, eventType: type.code }, body: { revision: type.revision, state } }));

/** Writes an event of a member down by hand. */
export function useRecordEvent() {
  const { code } = useProgram();
  return useByHand((body: Body<'recordEvent'>) => api().recordEvent({ params: { program: code }, body }));
}

/** What an event would earn; null: it is not whole yet. */
export function useEventPreview(input: Body<'previewEvent'> | null) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('event-preview', input),
    queryFn: () => {
      if (!input) throw new Error('a preview needs an event');
      return api().previewEvent({ params: { program: code }, body: input });
    },
    enabled: input !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

export function useCodeBatches() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('code-batches'), queryFn: () => api().listCodeBatches({ params: { program: code } }) });
}

/** Makes a batch; its codes are in this one answer. */
export function useCreateBatch() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'createCodeBatch'>) => api().createCodeBatch({ params: { program: code }, body }), onSuccess: refresh, gcTime: 0 });
}

export const useStopBatch = () => useProgramAct((program, codeBatch: string) => api().stopCodeBatch({ params: { program, codeBatch } }));

/** The name of a type by its code; the code itself until the list is there. */
export function useEventName(): (code: string) => string {
  const types = useEventTypes().data?.items;
  return (code) => types?.find((one) => one.code === code)?.name ?? code;
}
