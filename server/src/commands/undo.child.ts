import 'reflect-metadata';
import { createApp } from '#create-app.js';
import { receiveInput, sendProgress, sendResult } from '#platform/queues/run-in-child.js';
import { RunUndo, type UndoInput } from '#undo/run-undo.service.js';

// A process of its own: the loop that commits and pushes never waits for an undo that is worked out.
const input = await receiveInput<UndoInput>();
process.env['ROLE'] = 'command';
const app = await createApp({ listen: false });
const report = await app.get(RunUndo).run(input, sendProgress);
await app.close();
sendResult(report);
