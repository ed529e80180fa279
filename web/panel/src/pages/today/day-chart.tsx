import { Paper, Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useLang, writeDate } from '@wracam/ui';
import { placeFigures } from './figure-place.ts';

/** Drawn in real pixels of the room it gets, so that its letters are as large as those around it. */
const HEIGHT = 200;
/** Before the room is measured. */
const WIDTH_AT_FIRST = 600;
const TOP = 26;
const BOTTOM = 24;
const GAP = 3;

export type DayValue = { date: string; value: number };

type DayChartProps = { days: readonly DayValue[]; label: string; write: (value: number) => string };

const barColor = (newest: boolean) => (newest ? 'var(--mantine-color-amber-5)' : 'var(--mantine-color-forest-5)');

/** One bar a day. The greatest and the latest day carry their number; the first and last their date. */
export function DayChart({ days, label, write }: DayChartProps) {
  const lang = useLang();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || WIDTH_AT_FIRST;
  const top = Math.max(1, ...days.map((day) => day.value));
  const step = width / Math.max(1, days.length);
  const room = HEIGHT - TOP - BOTTOM;
  const last = days.length - 1;
  const x = (at: number) => at * step + GAP / 2;
  const height = (value: number) => (Math.max(0, value) / top) * room;
  const figures = placeFigures(days.map((day) => day.value), width, write);
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} height={HEIGHT} role="img" aria-label={label} style={{ width: '100%', display: 'block' }}>
        <line x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} stroke="var(--wracam-line)" />
        {days.map((day, at) => (
          <rect
            key={day.date}
            x={x(at)}
            y={HEIGHT - BOTTOM - height(day.value)}
            width={Math.max(1, step - GAP)}
            height={height(day.value)}
            rx={Math.min(3, step / 4)}
            fill={barColor(at === last)}
          >
            <title>{`${writeDate(day.date, lang)}: ${write(day.value)}`}</title>
          </rect>
        ))}
        {figures.filter(({ lifted }) => lifted).map(({ at, over }) => (
          <line key={at} x1={(at + 0.5) * step} x2={(at + 0.5) * step} y1={HEIGHT - BOTTOM - height(over) - 4} y2={HEIGHT - BOTTOM - height(days[at]?.value ?? 0)} stroke={barColor(at === last)} strokeWidth={2} />
        ))}
        {figures.map(({ at, x: from, anchor, over }) => (
          <text key={at} x={from} textAnchor={anchor} y={HEIGHT - BOTTOM - height(over) - 7} fontSize={14} fontWeight={700} fill={at === last ? 'var(--wracam-points)' : 'var(--mantine-color-text)'} stroke="var(--mantine-color-body)" strokeWidth={5} strokeLinejoin="round" paintOrder="stroke">{write(days[at]?.value ?? 0)}</text>
        ))}
        {[0, last].map((at, place) => (
          <text key={at} x={place === 0 ? 0 : width} y={HEIGHT - 6} textAnchor={place === 0 ? 'start' : 'end'} fontSize={13} fill="var(--mantine-color-dimmed)">{days[at] && writeDate(days[at].date, lang, 'short')}</text>
        ))}
      </svg>
    </div>
  );
}

/** The same numbers as a table, newest first. */
export function DayTable({ days, label, write, dateHeader, valueHeader }: DayChartProps & { dateHeader: string; valueHeader: string }) {
  const lang = useLang();
  return (
    <Paper style={{ maxHeight: 300, overflowY: 'auto' }} tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing={6} stickyHeader>
        <Table.Thead><Table.Tr><Table.Th>{dateHeader}</Table.Th><Table.Th ta="end">{valueHeader}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {days.toReversed().map((day) => (
            <Table.Tr key={day.date}><Table.Td>{writeDate(day.date, lang)}</Table.Td><Table.Td className="wracam-number">{write(day.value)}</Table.Td></Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
