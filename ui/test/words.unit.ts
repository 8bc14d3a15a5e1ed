import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import pl from '../desk/src/words/pl';
import en from '../desk/src/words/en';

const src = join(import.meta.dirname, '../desk/src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(svelte|ts)$/.test(f) && !/words[\\/](pl|en)\.ts$/.test(f)).map((f) => readFileSync(join(src, f), 'utf8'));
const all = sources.join('\n');
// Codes of the server are looked up by a composed key; their families are named here.
const composed = /^(error|outcome|blocked|act|reason|profile|group|missing|problem|tp|rule|ev|same|merge|tpl|addr|edit|sample|sampleAgree|sampleYes|sampleNo|why|side|refused|removed)_|^[vld][0-4]$|^idv\d$|^verifiedHint\d$|^reason\d$|^(agent|manager|owner|pleased|calm|tense|angry)$/;

describe('the catalogues', () => {
  it('have the same keys', () => { expect(Object.keys(en).sort()).toEqual(Object.keys(pl).sort()); });
  it('hold no word that nothing shows', () => {
    const unused = Object.keys(pl).filter((k) => !composed.test(k) && !new RegExp(`\\bt\\.${k}\\b`).test(all));
    expect(unused).toEqual([]);
  });
  it('are asked for no word they lack', () => {
    const asked = new Set([...all.matchAll(/\bt\.([a-zA-Z]\w*)\b/g)].map((m) => m[1]));
    expect([...asked].filter((k) => !(k in pl))).toEqual([]);
  });
  it('count in Polish: one, few, many', () => {
    expect([1, 2, 5, 12, 22, 25].map((c) => pl.loadOf(c))).toEqual(['1 rozmowa', '2 rozmowy', '5 rozmów', '12 rozmów', '22 rozmowy', '25 rozmów']);
  });
  it('never let the system shout', () => {
    const texts = [...Object.values(pl), ...Object.values(en)].filter((v): v is string => typeof v === 'string');
    expect(texts.filter((x) => x.includes('!') && !/^(Wychwycone|Caught)/.test(x))).toEqual([]);
  });
});

describe('the style', () => {
  it('has raw colours in the tokens only', () => {
    const styled = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.svelte'));
    const raw = styled.filter((f) => /(?:#[0-9a-f]{3,8}\b|rgb\(|hsl\()/i.test(readFileSync(join(src, f), 'utf8').split('<style>')[1] ?? ''));
    expect(raw).toEqual([]);
  });
  it('keeps components short enough to read', () => {
    const long = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.svelte')).map((f) => [f, readFileSync(join(src, f), 'utf8').split('\n').length] as const).filter(([, n]) => n > 150);
    expect(long).toEqual([]);
  });
});
