import { useEffect, useRef } from 'react';

/** A heading that takes the focus when it comes, and again when `step` changes: what was pressed is gone with the part of the page it stood in, and a reader would be left at its very top. */
export function useArrival(step?: unknown) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [step]);
  return heading;
}
