import 'reflect-metadata';
import { createApp } from '#create-app.js';
import { type PartInput, RunPartService } from '#backtests/run-part.service.js';
import { receiveInput, sendProgress, sendResult } from '#platform/queues/run-in-child.js';

// A process of its own: the loop that commits and pushes never waits for a backtest.
const input = await receiveInput<PartInput>();
process.env['ROLE'] = 'command';
const app = await createApp({ listen: false });
const result = await app.get(RunPartService).run(input, sendProgress);
await app.close();
sendResult(result);
