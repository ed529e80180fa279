import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { Circle } from './shapes.ts';

/** As the contract bounds it. */
export const CIRCLE_NAME_MAX = 80;
/** What a list to choose from holds; an older one is found on its own page. */
const CHOICE_MAX = 200;

/** Households or companies, newest first, page by page. */
export function useCircles(kind: Circle['kind']) {
  const { code } = useProgram();
  return usePages(useKeys()('circles', kind), (cursor) => api().listCircles({ params: { program: code }, query: { kind, cursor, limit: 50 } }));
}

/** The newest households or companies, to choose from. */
export function useCircleChoice(kind: Circle['kind'], enabled = true) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('circles', kind, 'choice'), queryFn: () => api().listCircles({ params: { program: code }, query: { kind, limit: CHOICE_MAX } }), enabled });
}

export function useCircle(circle: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('circle', circle), queryFn: () => api().getCircle({ params: { program: code, circle } }) });
}

export const useCreateCircle = () => useProgramAct((program, body: { kind: Circle['kind']; name: string }) => api().createCircle({ params: { program }, body }));

export const useRenameCircle = (circle: string) => useProgramAct((program, name: string) => api().changeCircle({ params: { program, circle }, body: { name } }));

export const useRemoveCircle = (circle: string) => useProgramAct((program) => api().removeCircle({ params: { program, circle } }));

/** Puts a member into the circle of this id, or into a new one of this name; null takes the member out. */
export const usePutIntoCircle = (member: string, kind: Circle['kind']) => useProgramAct(async (program, choice: { id: string } | { name: string } | null) => {
  const id = choice === null ? null : 'id' in choice ? choice.id : (await api().createCircle({ params: { program }, body: { kind, name: choice.name } })).id;
  return api().changeMember({ params: { program, member }, body: kind === 'household' ? { household: id } : { company: id } });
});
