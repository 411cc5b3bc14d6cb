import { Gathered } from './gathered.js';

function counted() {
  const reads: (readonly [string, readonly string[]])[] = [];
  const gathered = new Gathered<string>(async (group, keys) => {
    reads.push([group, keys]);
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${group} ${key}`]));
  });
  return { reads, gathered };
}

test('what is asked at once is read at once, each group by itself, and nobody gets what is another’s', async () => {
  const { reads, gathered } = counted();
  const asked = [
    gathered.get('a', '1'),
    gathered.get('b', '1'),
    gathered.get('a', '2'),
    gathered.get('a', 'nobody'),
    gathered.get('a', '1'),
  ];
  expect(await Promise.all(asked)).toEqual(['a 1', 'b 1', 'a 2', undefined, 'a 1']);
  expect(reads).toEqual([
    ['a', ['1', '2', 'nobody']],
    ['b', ['1']],
  ]);
  expect(await gathered.get('a', '1')).toBe('a 1');
  expect(reads).toHaveLength(3);
});

test('a read that fails fails for those who asked, and the next one is asked anew', async () => {
  let isAway = true;
  const gathered = new Gathered<string>(async () => {
    if (isAway) throw new Error('away');
    return new Map([['1', 'here']]);
  });
  await expect(Promise.all([gathered.get('a', '1'), gathered.get('a', '2')])).rejects.toThrow('away');
  isAway = false;
  expect(await gathered.get('a', '1')).toBe('here');
});
