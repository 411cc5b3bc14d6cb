import { AUDIT_ACTIONS, AUDIT_SUBJECTS } from '@verbena/shared/manifests.js';
import { en } from './audit.en.js';
import { es } from './audit.es.js';

test('#11 there are words in both languages for every action and subject of the log of changes', () => {
  for (const { actions, subjects } of [es, en]) {
    expect(AUDIT_ACTIONS.filter((action) => !actions[action])).toEqual([]);
    expect(AUDIT_SUBJECTS.filter((subject) => !subjects[subject])).toEqual([]);
  }
  for (const said of ['details', 'values'] as const) expect(Object.keys(en[said])).toEqual(Object.keys(es[said]));
});
