// Run as a process of its own by tests that kill it: starts the embedded PostgreSQL of the given data folder and keeps it until SIGTERM.
import { startPostgres } from '../platform/postgres.ts';
import { loadSecrets } from '../platform/secrets.ts';
import { isStartProblem } from '../platform/start-problem.ts';

const dataDir = process.argv[2] ?? '';
try {
  const secrets = await loadSecrets(dataDir);
  const server = await startPostgres({ dataDir, password: secrets.postgres, log: (line) => console.error(line) });
  console.log(JSON.stringify({ url: server.adminUrl, pid: server.pid() }));
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  if (!isStartProblem(error)) throw error;
  console.error(error.message);
  process.exit(1);
}
