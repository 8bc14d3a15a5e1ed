import { afterEach, describe, expect, it, vi } from 'vitest';
import { stream, type Event } from '../shared/sse';

const body = (...chunks: string[]) => new Response(new ReadableStream({ start(c) { for (const x of chunks) c.enqueue(new TextEncoder().encode(x)); c.close(); } }), { status: 200 });
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

describe('the event stream', () => {
  it('resumes after the last event seen, whatever the cuts', async () => {
    vi.useFakeTimers();
    const asked: string[] = [], got: Event[] = [];
    const answers = [() => body('id: 1\nevent: a\ndata: {"x":', '1}\n\nid: 2\nda', 'ta: two\n', '\n'), () => { throw new TypeError('cut'); }, () => body(': alive\n\nid: 3\r\nevent: b\r\ndata: three\r\n\r\n')];
    vi.stubGlobal('fetch', async (_: string, o: RequestInit) => { asked.push((o.headers as Record<string, string>)['Last-Event-ID'] ?? ''); const f = answers.shift(); if (!f) return new Response('', { status: 500 }); return f(); });
    const states: string[] = [];
    const s = stream({ url: '/e', on: (e) => got.push(e), state: (x) => states.push(x) });
    await vi.waitFor(() => expect(got).toHaveLength(3), { timeout: 290_000 });
    expect(got.map((e) => [e.id, e.event, e.data])).toEqual([['1', 'a', '{"x":1}'], ['2', 'message', 'two'], ['3', 'b', 'three']]);
    expect(asked.slice(0, 3)).toEqual(['', '2', '2']);
    expect(states.slice(0, 3)).toEqual(['up', 'down', 'down']);
    s.close();
  });
  it('says that it is denied and does not hammer', async () => {
    vi.useFakeTimers();
    let calls = 0;
    vi.stubGlobal('fetch', async () => { calls++; return new Response('', { status: 401 }); });
    const states: string[] = [];
    const s = stream({ url: '/e', on: () => {}, state: (x) => states.push(x) });
    await vi.advanceTimersByTimeAsync(2500);
    expect(states[0]).toBe('denied');
    expect(calls).toBe(1);
    s.close();
  });
});
