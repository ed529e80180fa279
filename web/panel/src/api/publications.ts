import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useProgramAct } from './program-act.ts';
import { useProgram } from './program.tsx';
import type { Answer, Body, ProductSet, Query } from './shapes.ts';

/** What has a name, a draft and versions, as a set of articles and a segment have. */
export type Named = Pick<ProductSet, 'id' | 'name' | 'revision' | 'proposal'> & { readonly draft: unknown } & { readonly versions: readonly Pick<ProductSet['versions'][number], 'version' | 'inForceFrom'>[] };

type Act<Input, View> = (body: Input) => Promise<View>;
/** How things of a kind are published: the operations for one of them. */
export type NamedKind<View extends Named> = {
  readonly name: string;
  readonly calls: (program: string, id: string) => {
    readonly compare: (query: Query<'compareSegment'>) => Promise<Answer<'compareSegment'>>;
    readonly publish: Act<Body<'publishSegment'>, View>;
    readonly rollback: Act<Body<'rollbackSegment'>, View>;
    readonly approve: Act<Body<'approveSegment'>, View>;
    readonly decline: Act<Body<'declineSegment'>, View>;
    readonly discard: Act<Body<'discardSegment'>, View>;
  };
};

/** What publishing the draft (null) or a version of a thing would change from an instant on (absent: now). */
export function useNamedDifference<View extends Named>(kind: NamedKind<View>, { id, revision }: View, version: number | null, inForceFrom: string | undefined) {
  const { code } = useProgram();
  const query = { ...(version !== null && { to: version }), ...(inForceFrom !== undefined && { inForceFrom }) };
  // Of one revision, and outside what every act and coming back to the page read again: when the draft has just gone, there would be nothing to compare.
  return useQuery({ queryKey: ['named-difference', code, kind.name, id, revision, query], queryFn: () => kind.calls(code, id).compare(query), refetchOnWindowFocus: false, placeholderData: keepPreviousData });
}

/** Publishes the draft of a thing, or a version again where one is named. */
export const usePublishNamed = <View extends Named>(kind: NamedKind<View>) => useProgramAct((program, { id, version, ...body }: Body<'publishSegment'> & { id: string; version: number | null }) => {
  const calls = kind.calls(program, id);
  return version === null ? calls.publish(body) : calls.rollback({ ...body, version });
});

export const useNamedStep = <View extends Named>(kind: NamedKind<View>) =>
  useProgramAct((program, { step, id, revision }: { step: 'approve' | 'decline' | 'discard'; id: string; revision: number }) => kind.calls(program, id)[step]({ revision }));
