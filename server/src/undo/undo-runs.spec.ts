import type { Clock } from '#platform/clock/clock.js';
import type { ProgramsService } from '#programs/programs.service.js';
import { UndoRuns } from './undo-runs.service.js';
import type { UndoRepository } from './undo.repository.js';
import type { UndoPlanDocument } from './undo.schema.js';

test('what could not begin does not seem to be worked at', async () => {
  let touched = 0;
  const change = (): Promise<null> => {
    touched += 1;
    return Promise.resolve(null);
  };
  const runs = new UndoRuns(
    { change } as unknown as UndoRepository,
    { definitions: () => Promise.reject(new Error('away')) } as unknown as ProgramsService,
    { now: () => 0 } as Clock,
  );
  const plan = { _id: 'plan', program: 'program', progress: { members: 0, total: 0 } } as UndoPlanDocument;
  const watches = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
  const before = watches();
  await expect(runs.run(plan, null)).rejects.toThrow('away');
  expect([watches(), touched]).toEqual([before, 0]);
});
