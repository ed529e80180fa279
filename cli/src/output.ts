import { isStartProblem } from '@wracam/server/platform/start-problem';

const BAR_WIDTH = 24;
const REDRAW_MS = 100;

/** How a command speaks: for a person, or as one JSON object on standard output for a script. */
export interface Output {
  /** A line of progress in words; scripts get it on standard error. */
  readonly say: (line: string) => void;
  /** A bar that is drawn again in place; silent where nobody looks at a terminal. `share` is from 0 to 1. */
  readonly progress: (share: number, at: string) => void;
  /** The end result: `data` for a script, `text` for a person. */
  readonly result: (data: Readonly<Record<string, unknown>>, text: string) => void;
}

/** Output in the form that `--json` asks for. */
export function makeOutput(json: boolean): Output {
  let drawn = 0;
  let open = false;
  const closeBar = () => {
    if (open) process.stderr.write('\r\u001b[K');
    open = false;
  };
  return {
    say: (line) => {
      closeBar();
      (json ? process.stderr : process.stdout).write(`${line}\n`);
    },
    progress: (share, at) => {
      if (!process.stderr.isTTY || Date.now() - drawn < REDRAW_MS) return;
      drawn = Date.now();
      open = true;
      const full = Math.min(BAR_WIDTH, Math.floor(share * BAR_WIDTH));
      process.stderr.write(`\r\u001b[K[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)} %  ${at}`);
    },
    result: (data, text) => {
      closeBar();
      process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${text}\n`);
    },
  };
}

/** Runs a command; a reason not to go on is one sentence, or `{"error": …}` for a script, and exit code 1. A bug keeps its stack. */
export async function runCommand(json: boolean, work: (output: Output) => Promise<void>): Promise<void> {
  try {
    await work(makeOutput(json));
  } catch (error) {
    process.exitCode = 1;
    const known = isStartProblem(error);
    if (json) process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`);
    if (!json || !known) console.error(known ? error.message : error);
  }
}

/** 12345678 as "12 345 678"; bytes as "12.3 MB". */
export const wholeNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
