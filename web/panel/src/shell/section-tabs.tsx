import { Tabs } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';

/** The names of sections in one row, which a phone scrolls sideways; the chosen one is always in sight. */
export function SectionTabs({ label, chosen, sections }: { label: string; chosen: string; sections: readonly { readonly value: string; readonly name: string }[] }) {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!row.current || !tab) return;
    // The row alone is moved: `scrollIntoView` would move the page with it.
    const { left, right } = tab.getBoundingClientRect();
    const seen = row.current.getBoundingClientRect();
    if (right > seen.right) row.current.scrollLeft += right - seen.right;
    else if (left < seen.left) row.current.scrollLeft -= seen.left - left;
  }, [chosen]);
  return (
    <Tabs.List ref={row} aria-label={label} mb="lg" style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
      {sections.map(({ value, name }) => <Tabs.Tab key={value} value={value}>{name}</Tabs.Tab>)}
    </Tabs.List>
  );
}
