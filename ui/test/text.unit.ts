import { describe, expect, it } from 'vitest';
import { byteLength, links, pieces, runeLength, units } from '../desk/src/text/bytes';
import { changes, diff, guess } from '../desk/src/text/diff';

const mark = (text: string, word: string) => { const at = text.indexOf(word); return { start: byteLength(text.slice(0, at)), end: byteLength(text.slice(0, at + word.length)) }; };

describe('byte offsets', () => {
  it('find the word behind Polish letters and emoji', () => {
    const text = 'Żółć 🙄 to jakieś oszustwo!';
    expect(pieces(text, [mark(text, 'oszustwo')]).map((p) => p.text)).toEqual(['Żółć 🙄 to jakieś ', 'oszustwo', '!']);
  });
  it('translate every boundary as the encoder does', () => {
    const text = 'aą€🙄z', at = units(text);
    for (let i = 0; i <= text.length; i++) if (!/[\udc00-\udfff]/.test(text[i] ?? '')) expect(at(byteLength(text.slice(0, i)))).toBe(i);
  });
  it('never cut a text apart when marks overlap, lie outside or are empty', () => {
    const text = 'znowu błąd', marks = [mark(text, 'znowu błąd'), mark(text, 'błąd'), { start: 3, end: 3 }, { start: 90, end: 99 }];
    expect(pieces(text, marks).map((p) => p.text).join('')).toBe(text);
  });
  it('count what platforms count', () => { expect([byteLength('ąę🙄'), runeLength('ąę🙄')]).toEqual([8, 3]); });
});

describe('links', () => {
  it('are https only and leave the full stop outside', () => {
    expect(links('Zobacz https://inpost.pl/48213. Albo http://zly.pl i javascript:alert(1)').filter((x) => x.href).map((x) => x.href)).toEqual(['https://inpost.pl/48213']);
  });
});

describe('the word diff', () => {
  const a = 'Kurier odbierze ekspres jutro, a nowy wyślemy tego samego dnia.';
  it('gives both texts back', () => {
    for (const b of [a, '', 'Kurier odbierze ekspres w czwartek 19 listopada, a nowy wyślemy tego samego dnia.', 'Coś zupełnie innego.', `${a}\n\nPozdrawiam, Ola`]) {
      const runs = diff(a, b);
      expect(runs.filter((r) => r.kind !== 'ins').map((r) => r.text).join('')).toBe(a);
      expect(runs.filter((r) => r.kind !== 'del').map((r) => r.text).join('')).toBe(b);
    }
  });
  it('counts a replacement once', () => { expect(changes(diff(a, a.replace('jutro', 'w czwartek')))).toBe(1); });
  it('guesses why', () => {
    expect(guess(a, a.replace('jutro', 'w czwartek 19 listopada'))).toEqual([2, 3]);
    expect(guess(a, a)).toEqual([]);
    expect(guess(a, 'Kurier przyjedzie.')).toContain(5);
    expect(guess('Dzień dobry.', 'Dzień dobry, przepraszam.')).toEqual([1]);
  });
});
