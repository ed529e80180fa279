import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { useKeys, useProgram } from './program.tsx';
import type { ProductSet } from './shapes.ts';

/** Sets of articles that rules may name. */
export function useProductSets() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('product-sets'), queryFn: () => api().listProductSets({ params: { program: code } }) });
}

/** Makes a set, or gives one other codes; `keep` adds them to those that are there. */
export function useSaveProductSet() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ set, name, codes, keep, despiteNotice }: { set: ProductSet | null; name: string; codes: string[]; keep: boolean; despiteNotice: boolean }) =>
      set === null
        ? api().createProductSet({ params: { program: code }, body: { name, codes } })
        : api().changeProductSet({ params: { program: code, set: set.id }, body: { version: set.version, codes, keep, ...(despiteNotice && { despiteNotice }) } }),
    onSuccess: refresh,
  });
}

/** All codes of a set as a text file on the person's disk, one a line. */
export function useDownloadCodes() {
  const { code } = useProgram();
  return useMutation({
    mutationFn: async (set: ProductSet) => {
      const { codes } = await api().getProductSetCodes({ params: { program: code, set: set.id } });
      const address = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
      Object.assign(document.createElement('a'), { href: address, download: `${set.name}.txt` }).click();
      URL.revokeObjectURL(address);
    },
  });
}
