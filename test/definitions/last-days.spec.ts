import * as z from 'zod/mini';
import { allRoutes, nameOf } from '#support/route-table.js';

type Node = Readonly<Record<string, unknown>>;

test('#17 every day on which something ends says whether that day is its last', async () => {
  const silent = new Set<string>();
  let told = 0;
  const walk = (node: unknown, path: string, name: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { pattern, description, ...rest } = node as Node;
    if (pattern === '^\\d{4}-\\d{2}-\\d{2}$' && /^(?:until|expires|endsOn|\w+Until)$/.test(name)) {
      if (typeof description === 'string') told += 1;
      else silent.add(path);
    }
    for (const [key, part] of Object.entries(rest)) {
      const isField = path.endsWith('.properties');
      walk(part, `${path}.${key}`, isField ? key : name);
    }
  };
  for (const route of await allRoutes())
    walk(z.toJSONSchema(route.response, { io: 'output', unrepresentable: 'any' }), nameOf(route), '');
  expect([...silent]).toEqual([]);
  expect(told).toBeGreaterThan(20);
});
