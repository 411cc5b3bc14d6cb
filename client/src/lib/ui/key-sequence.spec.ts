import { KeySequence } from './key-sequence.js';

const press = (
  key: string,
  changes: Partial<{ ctrlKey: boolean; altKey: boolean; metaKey: boolean; repeat: boolean }> = {},
) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...changes,
});

describe('#80 keys one after the other', () => {
  test('g and one more make a shortcut, also in capitals; each press begins anew after it', () => {
    const keys = new KeySequence();
    expect(keys.read(press('g'), 0)).toBeUndefined();
    expect(keys.read(press('m'), 500)).toBe('gm');
    expect(keys.read(press('m'), 600)).toBeUndefined();
    expect(keys.read(press('G'), 700)).toBeUndefined();
    expect(keys.read(press('H'), 800)).toBe('gh');
  });

  test('the second key comes soon, or not at all', () => {
    const keys = new KeySequence();
    keys.read(press('g'), 0);
    expect(keys.read(press('m'), 1_501)).toBeUndefined();
    keys.read(press('g'), 2_000);
    keys.read(press('x'), 2_100);
    expect(keys.read(press('m'), 2_200)).toBeUndefined();
  });

  test('? needs its shift, which is no key of its own', () => {
    const keys = new KeySequence();
    expect(keys.read(press('Shift'), 0)).toBeUndefined();
    expect(keys.read(press('?'), 10)).toBe('?');
  });

  test('what belongs to the browser stays there', () => {
    const keys = new KeySequence();
    keys.read(press('g'), 0);
    expect(keys.read(press('w', { ctrlKey: true }), 100)).toBeUndefined();
    expect(keys.read(press('g', { metaKey: true }), 200)).toBeUndefined();
    expect(keys.read(press('?', { altKey: true }), 300)).toBeUndefined();
    expect(keys.read(press('g', { repeat: true }), 400)).toBeUndefined();
  });
});
