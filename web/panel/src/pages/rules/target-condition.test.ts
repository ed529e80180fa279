import type { Condition } from '@wracam/engine/conditions';
import { describe, expect, it } from 'vitest';
import { targetIn, withTarget } from './target-condition.ts';

const asks = (value: string): Condition => ({ attribute: 'event.field.target', operator: 'is', value });
const percent: Condition = { attribute: 'event.field.percent', operator: 'atLeast', value: 120 };

describe('the sales target of a rule', () => {
  it.each<[Condition | null, string | null]>([
    [null, null], [asks('obrot'), 'obrot'], [{ all: [percent, asks('obrot')] }, 'obrot'], [percent, null],
    // One of several, or none of them: the condition says more than a choice could show.
    [{ any: [asks('obrot'), asks('inny')] }, null], [{ none: [asks('obrot')] }, null],
  ])('is found in %j: %s', (when, code) => expect(targetIn(when)).toBe(code));

  it('is put in, changed and taken out, and everything else stays', () => {
    expect(withTarget(null, 'obrot')).toEqual({ all: [asks('obrot')] });
    expect(withTarget({ all: [percent, asks('obrot')] }, 'inny')).toEqual({ all: [asks('inny'), percent] });
    expect(withTarget(percent, 'obrot')).toEqual({ all: [asks('obrot'), percent] });
    expect(withTarget({ any: [percent] }, 'obrot')).toEqual({ all: [asks('obrot'), { any: [percent] }] });
    expect(withTarget({ all: [asks('obrot'), percent] }, null)).toEqual({ all: [percent] });
    expect(withTarget(asks('obrot'), null)).toBe(null);
  });
});
