import 'reflect-metadata';
import { createApp } from '#create-app.js';
import { RunSettlementService, type SettlementInput } from '#backtests/run-settlement.service.js';
import { receiveInput, sendProgress, sendResult } from '#platform/queues/run-in-child.js';

// A process of its own, as for the parts.
const input = await receiveInput<SettlementInput>();
process.env['ROLE'] = 'command';
const app = await createApp({ listen: false });
const result = await app.get(RunSettlementService).run(input, sendProgress);
await app.close();
sendResult(result);
