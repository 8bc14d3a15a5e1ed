import { describe, expect, it } from 'vitest';
import { segments } from '../desk/src/text/segments';

describe('segments', () => {
  it('counts what is billed', () => {
    const cases: [string, number][] = [['', 0], ['a', 1], ['a'.repeat(160), 1], ['a'.repeat(161), 2], ['a'.repeat(307), 3], ['€'.repeat(80), 1], ['€'.repeat(81), 2], ['ż'.repeat(70), 1], ['ż'.repeat(71), 2], ['ż'.repeat(135), 3], ['😀'.repeat(35), 1], ['😀'.repeat(36), 2]];
    for (const [text, want] of cases) expect(segments(text), `${text.length} of ${text.slice(0, 2)}`).toBe(want);
  });
});
