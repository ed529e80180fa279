import { useQueryClient } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { readAgain } from '@wracam/ui/newer-answer.ts';
import { useKeys, useProgram } from './program.tsx';

/** After anything that moves points or changes members: everything of the program is read again when next looked at. */
export function useRefresh() {
  const queries = useQueryClient();
  const keys = useKeys();
  return () => readAgain(queries, keys());
}

/** Something that a person does in the program, after which everything of it is read again. */
export function useProgramAct<Answer, Asked = void>(act: (program: string, asked: Asked) => Promise<Answer>) {
  const { code } = useProgram();
  return useAct({ mutationFn: (asked: Asked) => act(code, asked), onSuccess: useRefresh() });
}
