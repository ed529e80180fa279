import { readdirSync, readFileSync } from 'node:fs';

// Throughput on a shared machine moves with its neighbours; CPU a document hardly does. Linux only, elsewhere every answer is NaN.

const TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux that Node runs on

interface Times { parent: number; own: number; endedChildren: number }

/** What a process has used so far, in microseconds. */
export const cpuOfProcess = (pid: number): number => timesOf(pid)?.own ?? NaN;

/** What our own children that have ended have used: a benchmark's tools run and end within a round. */
export const cpuOfEndedChildren = (): number => timesOf(process.pid)?.endedChildren ?? NaN;

/** Process numbers of its children that run now. */
export const childrenOf = (pid: number): number[] => running().filter((one) => timesOf(one)?.parent === pid);

const running = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);

/** What a process and all its children, ended ones too, have used so far. */
export function cpuOfFamily(pid: number): number {
  if (process.platform !== 'linux') return NaN;
  let sum = 0;
  for (const one of running()) {
    const times = timesOf(one);
    if (one === pid) sum += (times?.own ?? 0) + (times?.endedChildren ?? 0);
    else if (times?.parent === pid) sum += times.own;
  }
  return sum;
}

/** The largest resident set so far of a process and of each of its children that run now, in megabytes; the process itself first. */
export const peakRssOfFamily = (pid: number): number[] => (process.platform === 'linux' ? [pid, ...childrenOf(pid)].map(peakRssMb) : []);

/** The largest resident set so far, in megabytes. */
export function peakRssMb(pid: number): number {
  if (process.platform !== 'linux') return NaN;
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

function timesOf(pid: number): Times | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // it ended between the listing and the reading, or there is no /proc
  }
  // The name in parentheses may hold spaces; the fields after it are counted from the state.
  const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ').map(Number);
  const at = (index: number) => fields[index] ?? NaN;
  return { parent: at(1), own: (at(11) + at(12)) * TICK_MICROS, endedChildren: (at(13) + at(14)) * TICK_MICROS };
}
