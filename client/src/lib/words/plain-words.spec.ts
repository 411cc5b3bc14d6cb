import { Format } from '@verbena/shared/words/format.js';
import { en as backtestsEn } from '#backtests/backtests.en.js';
import { es as backtestsEs } from '#backtests/backtests.es.js';
import { en as secondFactorEn } from '#identity/second-factor.en.js';
import { es as secondFactorEs } from '#identity/second-factor.es.js';
import { en as boardsEn } from '#leaderboards/boards.en.js';
import { es as boardsEs } from '#leaderboards/boards.es.js';

const [es, en] = [new Format('es'), new Format('en')];

test('#55 the button says that all are shown where all are, and how many first ones where not', () => {
  expect(boardsEs.showAll({ count: 34 }, es)).toBe('Ver toda la clasificación: 34 personas');
  expect(boardsEn.showAll({ count: 34 }, en)).toBe('See the whole board: 34 people');
  expect(boardsEs.showMore({ count: 100 }, es)).toBe('Ver los 100 primeros');
});

test('#57 a manager reads how much was gone through, and nothing of machines', () => {
  expect(backtestsEs.scope({ members: 1, entries: 1_200 }, es)).toBe('1 socio, 1.200 apuntes.');
  expect(backtestsEn.scope({ members: 1, entries: 1_200 }, en)).toBe('1 member, 1,200 entries.');
});

test('#58 whoever is asked for a code reads what an authenticator app may be', () => {
  expect(secondFactorEs.askText).toMatch(/móvil.*gestor de contraseñas.*código QR/);
  expect(secondFactorEn.askText).toMatch(/phone.*password manager.*QR code/);
});
