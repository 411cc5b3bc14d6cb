import 'reflect-metadata';
import { createApp } from '#create-app.js';
import { receiveInput, sendResult } from '#platform/queues/run-in-child.js';
import { verifyBooks } from '#ledger/verify-books.service.js';

// A process of its own: the loop that commits and pushes never waits for a verification.
await receiveInput();
process.env['ROLE'] = 'command';
const app = await createApp({ listen: false });
const report = await verifyBooks(app, { keepSnapshots: true });
await app.close();
sendResult(report);
