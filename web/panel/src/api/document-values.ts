import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';

/** They change slowly, and a form asks for them with every condition. */
const FRESH_MS = 60_000;

/** "Category bought in the last 30 days" asks for what lines carry. */
const carriedAs = (attribute: string): string => attribute.replace(/^history\.days\.\d+\.(category|sku)$/, 'line.$1');

/** Values that the program's own documents carry, by the attribute of a condition; empty until they are there, and where there are none. */
export function useDocumentValues(): (attribute: string) => readonly string[] {
  const { code } = useProgram();
  const { data } = useQuery({ queryKey: useKeys()('document-values'), queryFn: () => api().listDocumentValues({ params: { program: code } }), staleTime: FRESH_MS });
  return (attribute) => data?.items.find((one) => one.attribute === carriedAs(attribute))?.values ?? [];
}
