import { startApp } from './app.ts';
import { runProcess } from './start-process.ts';

await runProcess(process.env, startApp);
