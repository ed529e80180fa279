import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
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

export function useCreateCircle() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: { kind: Circle['kind']; name: string }) => api().createCircle({ params: { program: code }, body }), onSuccess: refresh });
}

export function useRenameCircle(circle: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (name: string) => api().changeCircle({ params: { program: code, circle }, body: { name } }), onSuccess: refresh });
}

export function useRemoveCircle(circle: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: () => api().removeCircle({ params: { program: code, circle } }), onSuccess: refresh });
}

/** Puts a member into the circle of this id, or into a new one of this name; null takes the member out. */
export function usePutIntoCircle(member: string, kind: Circle['kind']) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: async (choice: { id: string } | { name: string } | null) => {
      const id = choice === null ? null : 'id' in choice ? choice.id : (await api().createCircle({ params: { program: code }, body: { kind, name: choice.name } })).id;
      return api().changeMember({ params: { program: code, member }, body: kind === 'household' ? { household: id } : { company: id } });
    },
    onSuccess: refresh,
  });
}
