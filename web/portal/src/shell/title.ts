import { useEffect } from 'react';

/** Names the page in the tab and in the phone's list of open apps: "Nagrody · Kawiarnia". */
export function useTitle(page: string, program?: string): void {
  useEffect(() => {
    document.title = program ? `${page} · ${program}` : page;
  }, [page, program]);
}
