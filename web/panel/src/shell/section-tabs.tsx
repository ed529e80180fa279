import { Tabs } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';

/** The names of sections in one row, which a phone scrolls sideways; the chosen one is always in sight. */
export function SectionTabs({ label, chosen, sections }: { label: string; chosen: string; sections: readonly { readonly value: string; readonly name: string }[] }) {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const list = row.current;
    if (!list) return;
    // The row alone is moved: `scrollIntoView` would move the page with it.
    const show = () => {
      const tab = list.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
      const seen = list.getBoundingClientRect();
      if (tab && tab.right > seen.right) list.scrollLeft += tab.right - seen.right;
      else if (tab && tab.left < seen.left) list.scrollLeft -= seen.left - tab.left;
    };
    show();
    // A phone that is turned has a narrower row, and letters that come late a wider one.
    const watching = new ResizeObserver(show);
    for (const one of [list, ...list.children]) watching.observe(one);
    return () => watching.disconnect();
  }, [chosen]);
  return (
    <Tabs.List ref={row} className="panel-sections" aria-label={label} mb="lg">
      {sections.map(({ value, name }) => <Tabs.Tab key={value} value={value}>{name}</Tabs.Tab>)}
    </Tabs.List>
  );
}
