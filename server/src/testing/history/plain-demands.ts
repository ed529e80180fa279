import { split } from './plain-points.ts';
import { leftMinor, takeLine, type Line, type Sale, type Waiting } from './plain-sales.ts';

/** The line went back as a whole with what another return took last: all of it is that one's. */
export function passOn({ key }: Sale, first: Waiting, earlier: readonly Waiting[], lineId: string, some: Line['left']): void {
  if (some.quantity <= 0 && some.amountMinor <= 0) return;
  const heir = earlier.findLast((other) => other.first === null && other !== first && other.step.kind !== 'correction' && ((other.held.get(key)?.get(lineId)?.quantity ?? 0) > 0 || (other.held.get(key)?.get(lineId)?.amountMinor ?? 0) > 0));
  if (!heir) return;
  const { quantity, amountMinor } = heir.held.get(key)!.get(lineId)!;
  heir.held.get(key)!.set(lineId, { quantity: quantity + some.quantity, amountMinor: amountMinor + some.amountMinor });
  const own = first.held.get(key)!.get(lineId)!;
  first.held.get(key)!.set(lineId, { quantity: own.quantity - some.quantity, amountMinor: own.amountMinor - some.amountMinor });
  const newest = earlier.findLast((later) => later.first === heir) ?? heir;
  if (newest !== heir) return;
  for (const asked of ['', lineId]) {
    const more = newest.beyond.get(key)?.get(asked);
    if (more) newest.beyond.get(key)!.set(asked, { quantity: Math.max(0, more.quantity - some.quantity), amountMinor: Math.max(0, more.amountMinor - some.amountMinor) });
  }
}

/** Goods that came back to the sale go to another return that had asked for them, in the words of `newest`. Answers whether there were any. */
export function meetDemand(sale: Sale, other: Waiting, newest: Waiting): boolean {
  const [held, beyond] = [other.held.get(sale.key), newest.beyond.get(sale.key)];
  if (!held || !beyond) return false;
  const before = sale.lines.map(({ left }) => left);
  const total = beyond.get('')?.amountMinor ?? 0;
  const all = leftMinor(sale);
  if (total > 0 && all > 0) {
    if (total >= all) for (const line of sale.lines) takeLine(line, null, null);
    else split(total, sale.lines.map((line) => line.left.amountMinor)).forEach((part, i) => { if (part > 0) takeLine(sale.lines[i]!, null, part); });
  }
  for (const line of sale.lines) {
    const { quantity = 0, amountMinor = 0 } = beyond.get(line.lineId) ?? {};
    if (quantity > 0 || amountMinor > 0) takeLine(line, quantity > 0 ? quantity : null, amountMinor);
  }
  sale.lines.forEach(({ lineId, left }, i) => {
    const [pieces, money] = [before[i]!.quantity - left.quantity, before[i]!.amountMinor - left.amountMinor];
    const had = held.get(lineId) ?? { quantity: 0, amountMinor: 0 };
    held.set(lineId, { quantity: had.quantity + pieces, amountMinor: had.amountMinor + money });
    for (const asked of ['', lineId]) {
      const one = beyond.get(asked);
      if (one) beyond.set(asked, { quantity: Math.max(0, one.quantity - pieces), amountMinor: Math.max(0, one.amountMinor - money) });
    }
  });
  return sale.lines.some(({ left }, i) => left.quantity !== before[i]!.quantity || left.amountMinor !== before[i]!.amountMinor);
}

export function askedBeyond(beyond: Map<string, Line['left']>, { lineId, left }: Line, quantity: number, amountMinor: number): void {
  const more = { quantity: Math.max(0, quantity - left.quantity), amountMinor: Math.max(0, amountMinor - left.amountMinor) };
  const so = beyond.get(lineId) ?? { quantity: 0, amountMinor: 0 };
  if (more.quantity > 0 || more.amountMinor > 0) beyond.set(lineId, { quantity: so.quantity + more.quantity, amountMinor: so.amountMinor + more.amountMinor });
}

/** What a return asked for in all, in the words of `newest`: of each line, and of a total what was beyond all lines. */
export function wantedBy(sale: Sale, first: Waiting, newest: Waiting): { lines: { line: Line; quantity: number; amountMinor: number }[]; more: number } {
  const [held, beyond] = [first.held.get(sale.key)!, newest.beyond.get(sale.key)];
  const lines = sale.lines.map((line) => {
    const [has, lacks] = [held.get(line.lineId)!, beyond?.get(line.lineId) ?? { quantity: 0, amountMinor: 0 }];
    return { line, quantity: has.quantity + lacks.quantity, amountMinor: has.amountMinor + lacks.amountMinor };
  });
  return { lines: lines.filter((one) => one.quantity > 0 || one.amountMinor > 0), more: beyond?.get('')?.amountMinor ?? 0 };
}

/** A return that came to `said` comes to `is` instead: so much of everything that was wanted. */
export function takePart({ lines, more }: ReturnType<typeof wantedBy>, beyond: Map<string, Line['left']>, is: number, said: number): void {
  const ofLines = lines.reduce((sum, one) => sum + one.amountMinor, 0);
  const all = ofLines + more;
  const part = all === said ? is : said === 0 ? 0 : Math.floor((all * is) / said);
  if (part === 0) return;
  const take = (line: Line, quantity: number | null, amountMinor: number) => {
    askedBeyond(beyond, line, quantity ?? 0, amountMinor);
    takeLine(line, quantity, amountMinor);
  };
  if ((more > 0 && part >= ofLines) || part === all) {
    for (const one of lines) take(one.line, one.quantity, one.amountMinor);
    if (part > ofLines) beyond.set('', { quantity: 0, amountMinor: part - ofLines });
  } else if (lines.length > 0) split(part, lines.map((one) => one.amountMinor)).forEach((some, i) => { if (some > 0) take(lines[i]!.line, null, some); });
}
