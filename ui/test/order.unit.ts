import { describe, expect, it } from 'vitest';
import type { MessageView } from '../desk/src/api.gen';
import { arrived, earlierThan } from '../desk/src/thread/order';

const at = (s: number) => new Date(Date.UTC(2026, 10, 22, 9, 0, s)).toISOString();
const message = (id: string, seq: number, when: number, text = id): MessageView => ({ id, thread: 'a', seq, origin: 'customer', ai_generated: false, text, parts: [], delivery: 'received', marks: [], sources: [], removed: false, edited: false, at: at(when) });
const ids = (list: MessageView[]) => list.map((m) => m.id).join(' ');
// g1 and g2 came with a merge: high numbers, early times.
const joined = [message('k1', 1, 1), message('g1', 4, 2), message('k2', 2, 3), message('g2', 5, 4), message('k3', 3, 5)];

describe('messages that arrive', () => {
  it('keep the order of a joined conversation', () => { expect(ids(arrived(joined, message('new', 6, 9), false))).toBe('k1 g1 k2 g2 k3 new'); });
  it('replace their older form in its place', () => {
    const next = arrived(joined, message('g1', 4, 2, 'edited'), false);
    expect(ids(next)).toBe(ids(joined));
    expect(next[1].text).toBe('edited');
  });
  it('stand before our own answer where they came first', () => { expect(ids(arrived([message('a', 1, 1), message('ours', 3, 3)], message('b', 2, 2), false))).toBe('a b ours'); });
  it('tear no hole into a past that was not read', () => {
    const late = [message('b', 8, 8), message('c', 9, 9)];
    expect(ids(arrived(late, message('a', 1, 1), true))).toBe('b c');
    expect(ids(arrived(late, message('a', 1, 1), false))).toBe('a b c');
    expect(ids(arrived([], message('a', 1, 1), true))).toBe('a');
  });
});

describe('the past that was read', () => {
  it('stays before a newer answer', () => { expect(ids(earlierThan(joined, joined.slice(2)))).toBe('k1 g1'); });
  it('is dropped where the two do not meet, and nothing is there twice', () => {
    expect(earlierThan(joined, [message('far', 90, 90)])).toEqual([]);
    expect(ids(earlierThan(joined, [joined[2], joined[0]]))).toBe('g1');
  });
});
