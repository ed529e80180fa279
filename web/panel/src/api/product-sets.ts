import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { useKeys, useProgram } from './program.tsx';
import type { Body, ProductSet } from './shapes.ts';

/** Sets of articles that rules may name. */
export function useProductSets() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('product-sets'), queryFn: () => api().listProductSets({ params: { program: code } }) });
}

/** Makes a set, or keeps other codes as the draft of one; `keep` adds them to those that are there. */
export function useSaveProductSet() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ set, name, codes, keep }: { set: ProductSet | null; name: string; codes: string[]; keep: boolean }) =>
      set === null
        ? api().createProductSet({ params: { program: code }, body: { name, codes } })
        : api().changeProductSet({ params: { program: code, set: set.id }, body: { revision: set.revision, codes, keep } }),
    onSuccess: refresh,
  });
}

/** What publishing the draft (null) or a version of a set would change from an instant on (absent: now). */
export function useSetDifference(set: ProductSet, version: number | null, inForceFrom: string | undefined) {
  const { code } = useProgram();
  const query = { ...(version !== null && { to: version }), ...(inForceFrom !== undefined && { inForceFrom }) };
  // Of one revision, and outside what every act and coming back to the page read again: when the draft has just gone, there would be nothing to compare.
  return useQuery({ queryKey: ['set-difference', code, set.id, set.revision, query], queryFn: () => api().compareProductSet({ params: { program: code, set: set.id }, query }), refetchOnWindowFocus: false, placeholderData: keepPreviousData });
}

/** Publishes the draft of a set, or a version again where one is named. */
export function usePublishSet() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ set, version, ...body }: Body<'publishProductSet'> & { set: string; version: number | null }) =>
      (version === null ? api().publishProductSet({ params: { program: code, set }, body }) : api().rollbackProductSet({ params: { program: code, set }, body: { ...body, version } })),
    onSuccess: refresh,
  });
}

export function useSetStep() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: ({ step, set: { id: set, revision } }: { step: 'approveProductSet' | 'declineProductSet' | 'discardProductSet'; set: ProductSet }) => api()[step]({ params: { program: code, set }, body: { revision } }), onSuccess: refresh });
}

/** All codes of a set as a text file on the person's disk, one a line; `version` absent: those in force. */
export function useDownloadCodes() {
  const { code } = useProgram();
  return useAct({
    mutationFn: async ({ set, version }: { set: ProductSet; version?: number | 'draft' }) => {
      const { codes } = await api().getProductSetCodes({ params: { program: code, set: set.id }, query: version === undefined ? {} : { version } });
      const address = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
      Object.assign(document.createElement('a'), { href: address, download: `${set.name}.txt` }).click();
      URL.revokeObjectURL(address);
    },
  });
}
