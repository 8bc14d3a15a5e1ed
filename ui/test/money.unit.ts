import { expect, it } from 'vitest';
import { minor, plain, worth } from '../desk/src/text/money';

it.each([['14,99', 1499], ['14.9', 1490], ['1 200', 120000], ['7 zł', 700], ['0', NaN], ['0,00', NaN], ['-3', NaN], ['14,999', NaN], ['abc', NaN], ['', NaN], ['99999999', NaN]])('%s is %d', (s, want) => { expect(minor(s)).toBe(want); });
it('writes what it reads', () => { for (const n of [1, 99, 1499, 120000]) { expect(minor(plain(n, 'pl'))).toBe(n); expect(minor(plain(n, 'en'))).toBe(n); } });
it('reads the facts of the shop', () => { expect(worth('1499 PLN')).toEqual({ amount: 1499, currency: 'PLN' }); expect(worth('w drodze')).toBeUndefined(); });
