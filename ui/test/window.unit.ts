import { expect, it } from 'vitest';
import { closing } from '../desk/src/text/window';

const now = Date.parse('2026-11-23T10:00:00Z'), at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();

it.each([
  [{}, undefined],
  [{ window_ends: at(5) }, undefined],
  [{ window_ends: at(3) }, 'free warn'],
  [{ window_ends: at(0.5) }, 'free bad'],
  [{ window_ends: at(-1) }, 'over bad'],
  [{ window_ends: at(-1), human_ends: at(100) }, undefined],
  [{ window_ends: at(-1), human_ends: at(20) }, 'human warn'],
  [{ window_ends: at(-1), human_ends: at(2) }, 'human bad'],
  [{ window_ends: at(-1), human_ends: at(-0.1) }, 'over bad'],
])('a window %o closes: %s', (x, want) => {
  const c = closing(x, now);
  expect(c && `${c.which} ${c.tone}`).toBe(want);
});
