import { knownPasswords } from './known-passwords.js';
import { passwordFaultOf } from './password-fault.js';

const ABOUT = ['ana.lopez@correo.example', 'Ana López Iría', 'Plaza del Sol', 'plaza-del-sol'];
const faultOf = (password: string) => passwordFaultOf(password, ABOUT, new Set(['qwertyuiop', 'contraseña']));

test.each([
  ['a NUL among letters', 'buenas\u0000noches', 'passwordControl'],
  ['ten NULs', '\u0000'.repeat(10), 'passwordControl'],
  ['a line break', 'buenas\nnoches', 'passwordControl'],
  ['half a sign', 'buenas\ud800noches', 'passwordControl'],
  ['one sign', 'aaaaaaaaaaaa', 'passwordPlain'],
  ['one sign, large and small', 'aAaAaAaAaA', 'passwordPlain'],
  ['spaces only', '            ', 'passwordPlain'],
  ['spaces of another kind', '\u00a0\u2003\u3000'.repeat(4), 'passwordPlain'],
  ['two signs', '1212121212', 'passwordPlain'],
  ['the own address', 'Ana.Lopez@correo.example', 'passwordLikeYou'],
  ['the address without its signs', 'analopezcorreoexample', 'passwordLikeYou'],
  ['the own name, without accents', 'ana lopez iria', 'passwordLikeYou'],
  ['the own name and a year', 'AnaLópez2026', 'passwordLikeYou'],
  ['the program', 'Plaza del Sol!', 'passwordLikeYou'],
  ['its slug and a number', 'plaza-del-sol-1', 'passwordLikeYou'],
  ['a known one', 'QwertyUIOP', 'passwordKnown'],
  ['a known one and a year', 'Contraseña2026', 'passwordKnown'],
])('M7 %s is refused', (_, password, fault) => {
  expect(faultOf(password)).toBe(fault);
});

test.each([
  'farolillos-de-verano',
  'una contraseña larga',
  'el sol sale por la plaza',
  'ana come peras dulces',
  '👩‍🚀 kwmz plqa',
])('M7 %s may be chosen', (password) => {
  expect(faultOf(password)).toBeNull();
});

test('M7 the list holds more than three thousand of ten letters and more, in lower case', async () => {
  const known = await knownPasswords();
  expect(known.size).toBeGreaterThan(3_000);
  expect([...known].filter((one) => one.length < 10 || one !== one.toLowerCase())).toEqual([]);
  for (const one of ['1234567890', 'passwordpassword', 'contraseña', 'realmadrid']) expect(known.has(one)).toBe(true);
});
