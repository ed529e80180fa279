import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { NamedKind } from './publications.ts';
import type { ProductSet } from './shapes.ts';

/** Sets of articles that rules may name. */
export function useProductSets() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('product-sets'), queryFn: () => api().listProductSets({ params: { program: code } }) });
}

/** Makes a set, or keeps other codes as the draft of one; `keep` adds them to those that are there. */
export const useSaveProductSet = () => useProgramAct((program, { set, name, codes, keep }: { set: ProductSet | null; name: string; codes: string[]; keep: boolean }) =>
  set === null
    ? api().createProductSet({ params: { program }, body: { name, codes } })
    : api().changeProductSet({ params: { program, set: set.id }, body: { revision: set.revision, codes, keep } }));

/** How sets are published. */
export const setKind: NamedKind<ProductSet> = {
  name: 'set',
  calls: (program, set) => {
    const params = { program, set };
    return {
      compare: (query) => api().compareProductSet({ params, query }),
      publish: (body) => api().publishProductSet({ params, body }),
      rollback: (body) => api().rollbackProductSet({ params, body }),
      approve: (body) => api().approveProductSet({ params, body }),
      decline: (body) => api().declineProductSet({ params, body }),
      discard: (body) => api().discardProductSet({ params, body }),
    };
  },
};

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
