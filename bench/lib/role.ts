import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Parts of one benchmark that need a process of their own (load, server) live in the benchmark's own script: it forks itself
 * with a role, and its first line asks `roleHere`. So there is nothing to find on disk, bundled or not.
 */
const ROLE = 'WRACAM_BENCH_ROLE';
/** The measuring instrument must not add pauses of its own: a larger nursery spares it most collections of what it has already read; large pages as the server has. */
const FLAGS = ['--max-semi-space-size=32', '--heap-growing-percent=200', '--use-largepages=silent'];

export const roleHere = (): string | undefined => process.env[ROLE];

/** Starts the script at `entryUrl` (the caller's import.meta.url) as `role`, and hands it `input` as its first message. */
export function startRole(entryUrl: string, role: string, input: unknown): ChildProcess {
  const child = fork(fileURLToPath(entryUrl), { env: { ...process.env, [ROLE]: role }, execArgv: [...process.execArgv, ...FLAGS], serialization: 'advanced' });
  child.send({ input });
  return child;
}

/** In the child: the input that its starter sent. */
export const roleInput = <T>(): Promise<T> =>
  new Promise((resolve) => process.once('message', (message) => resolve((message as { input: T }).input)));

/** The child's next message. Rejects when the child ends first. */
export function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a benchmark process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

/** Sends `message` and waits for the answer. One question at a time. */
export function ask<T>(child: ChildProcess, message: unknown): Promise<T> {
  const answer = nextMessage<T>(child);
  child.send(message as object);
  return answer;
}

/** Ends a child and waits until it is gone. */
export async function endRole(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
