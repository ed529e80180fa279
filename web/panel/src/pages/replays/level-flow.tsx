import { useElementSize } from '@mantine/hooks';
import type { LevelMoves } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';

/** Drawn in real pixels of the room it gets, so that its letters are as large as those around it. */
const WIDTH_AT_FIRST = 600;
const HEIGHT = 260;
const HEAD = 24;
const GAP = 8;
const BAR = 10;
/** A name and a number must fit beside their bar. */
const LOWEST = 36;
const NAME_ROOM = { wide: 150, narrow: 92 };
const NARROW = 480;

type Stop = { readonly code: string | null; readonly name: string; readonly color: string; readonly members: number; readonly top: number; readonly height: number };

/** Levels on one side from the highest down, each as high as its part of the members, but never too low for its name. */
function stopsOf(levels: LevelMoves, end: 'from' | 'to'): Stop[] {
  const counted = levels.order.map((one) => ({ ...one, members: levels.moves.filter((move) => move[end] === one.code).reduce((sum, move) => sum + move.members, 0) })).filter((one) => one.members > 0).toReversed();
  const total = counted.reduce((sum, one) => sum + one.members, 0);
  const room = HEIGHT - HEAD - GAP * Math.max(0, counted.length - 1) - LOWEST * counted.length;
  let top = HEAD;
  return counted.map((one) => {
    const height = LOWEST + (Math.max(0, room) * one.members) / total;
    const stop = { ...one, top, height };
    top += height + GAP;
    return stop;
  });
}

/** Members as streams from the level they have to the level they would have; streams to another level are strong, others pale. */
export function LevelFlow({ levels, label }: { levels: LevelMoves; label: string }) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const w = useWords().replay;
  const width = measured || WIDTH_AT_FIRST;
  const names = width < NARROW ? NAME_ROOM.narrow : NAME_ROOM.wide;
  const [left, right] = [stopsOf(levels, 'from'), stopsOf(levels, 'to')];
  const height = Math.max(HEIGHT, ...[left, right].map((stops) => HEAD + stops.length * (LOWEST + GAP)));
  const used = { from: new Map<string | null, number>(), to: new Map<string | null, number>() };
  /** The next piece of a level's bar that is as high as its part of the level. */
  const piece = (stops: readonly Stop[], end: 'from' | 'to', code: string | null, members: number) => {
    const stop = stops.find((one) => one.code === code)!;
    const from = used[end].get(code) ?? 0;
    const size = (stop.height * members) / stop.members;
    used[end].set(code, from + size);
    return { top: stop.top + from, bottom: stop.top + from + size, color: stop.color };
  };
  const [x1, x2] = [names + BAR, width - names - BAR];
  const middle = (x1 + x2) / 2;
  // From the highest level down, so that streams do not cross without need.
  const streams = levels.moves.toReversed().map((move) => ({ move, a: piece(left, 'from', move.from, move.members), b: piece(right, 'to', move.to, move.members) }));
  const name = (code: string | null) => levels.order.find((one) => one.code === code)?.name ?? '';
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} height={height} role="img" aria-label={label} style={{ width: '100%', display: 'block' }}>
        <text x={names - 6} y={14} textAnchor="end" fontSize={13} fill="var(--mantine-color-dimmed)">{w.now}</text>
        <text x={width - names + 6} y={14} fontSize={13} fill="var(--mantine-color-dimmed)">{w.draft}</text>
        {streams.map(({ move, a, b }) => (
          <path
            key={`${move.from}>${move.to}`} fill={move.from === move.to ? 'var(--mantine-color-gray-5)' : b.color} fillOpacity={move.from === move.to ? 0.25 : 0.6}
            d={`M${x1} ${a.top} C${middle} ${a.top} ${middle} ${b.top} ${x2} ${b.top} L${x2} ${b.bottom} C${middle} ${b.bottom} ${middle} ${a.bottom} ${x1} ${a.bottom} Z`}
          ><title>{w.levels.stream(name(move.from), name(move.to), move.members)}</title></path>
        ))}
        {([[left, names, 'end', names - 6], [right, x2, 'start', width - names + 6]] as const).map(([stops, x, anchor, textX]) => stops.map((stop) => (
          <g key={`${anchor}${stop.code}`}>
            <rect x={x} y={stop.top} width={BAR} height={stop.height} rx={3} fill={stop.color} stroke="var(--wracam-line)" />
            <text x={textX} y={stop.top + stop.height / 2 - 3} textAnchor={anchor} fontSize={14} fontWeight={650} fill="var(--mantine-color-text)">{stop.name}</text>
            <text x={textX} y={stop.top + stop.height / 2 + 14} textAnchor={anchor} fontSize={13} fill="var(--mantine-color-dimmed)">{w.levels.people(stop.members)}</text>
          </g>
        )))}
      </svg>
    </div>
  );
}
