import { Paper, Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useLang, writeDate } from '@wracam/ui';

/** Drawn in real pixels of the room it gets, so that its letters are as large as those around it. */
const HEIGHT = 200;
/** Before the room is measured. */
const WIDTH_AT_FIRST = 600;
const TOP = 26;
const BOTTOM = 24;
const GAP = 3;

export type DayValue = { date: string; value: number };

type DayChartProps = { days: readonly DayValue[]; label: string; write: (value: number) => string };

/** One bar a day. The greatest and the latest day carry their number; the first and last their date. */
export function DayChart({ days, label, write }: DayChartProps) {
  const lang = useLang();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || WIDTH_AT_FIRST;
  const top = Math.max(1, ...days.map((day) => day.value));
  const step = width / Math.max(1, days.length);
  const room = HEIGHT - TOP - BOTTOM;
  const last = days.length - 1;
  const greatest = days.findIndex((day) => day.value === top);
  const x = (at: number) => at * step + GAP / 2;
  const height = (value: number) => (Math.max(0, value) / top) * room;
  // A label near an edge would be cut, so it leans inwards.
  const anchor = (at: number) => (at < days.length * 0.1 ? 'start' : at > days.length * 0.9 ? 'end' : 'middle');
  const labelX = (at: number) => (anchor(at) === 'start' ? x(at) : anchor(at) === 'end' ? x(at) + step - GAP : x(at) + (step - GAP) / 2);
  // The latest number would lie on the greatest when both stand close together.
  const labelled = [greatest, last].filter((at, place) => at >= 0 && (place === 0 || last - greatest > days.length * 0.2));
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
            fill={at === last ? 'var(--mantine-color-amber-5)' : 'var(--mantine-color-forest-5)'}
          >
            <title>{`${writeDate(day.date, lang)}: ${write(day.value)}`}</title>
          </rect>
        ))}
        {labelled.map((at) => (
          <text key={at} x={labelX(at)} y={HEIGHT - BOTTOM - height(days[at]?.value ?? 0) - 7} textAnchor={anchor(at)} fontSize={14} fontWeight={700} fill="var(--mantine-color-text)" stroke="var(--mantine-color-body)" strokeWidth={5} strokeLinejoin="round" paintOrder="stroke">{write(days[at]?.value ?? 0)}</text>
        ))}
        {[0, last].map((at) => (
          <text key={at} x={labelX(at)} y={HEIGHT - 6} textAnchor={anchor(at)} fontSize={13} fill="var(--mantine-color-dimmed)">{days[at] && writeDate(days[at].date, lang, 'short')}</text>
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
