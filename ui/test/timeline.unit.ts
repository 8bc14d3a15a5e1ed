import { describe, expect, it } from 'vitest';
import type { ConversationView, MessageView } from '../desk/src/api.gen';
import { behind, timeline, type Local } from '../desk/src/thread/timeline';

const at = (s: number) => new Date(Date.UTC(2026, 10, 22, 9, 0, s)).toISOString();
const message = (seq: number, thread = 'a', more: Partial<MessageView> = {}): MessageView => ({ id: `m${seq}`, thread, seq, origin: 'customer', ai_generated: false, text: `t${seq}`, parts: [], delivery: 'received', marks: [], sources: [], removed: false, edited: false, at: at(seq), ...more });
const thread = (id: string, isPublic: boolean) => ({ id, account: 'x', channel: 'instagram', surface: isPublic ? ('comment' as const) : ('dm' as const), public: isPublic, live: false });
const view = (more: Partial<ConversationView>) => ({ messages: [], notes: [], transitions: [], threads: [thread('a', true), thread('b', false)], earlier: false, ...more }) as unknown as ConversationView;
const local = (key: string, state: Local['state'] = 'sending'): Local => ({ key, text: 'x', thread: 'a', at: at(50), state });

describe('the order of a conversation', () => {
  it('names every change of place, and a return to one', () => {
    const items = timeline(view({ messages: [message(1, 'a'), message(2, 'b'), message(3, 'b'), message(4, 'a')] }), []);
    expect(items.map((x) => x.kind)).toEqual(['place', 'message', 'place', 'message', 'message', 'place', 'message']);
  });
  it('puts a change of owner after the message it followed', () => {
    const tr = (seq: number, from: string, to: string) => ({ seq, at: at(seq), from, to, epoch: seq, actor: 'bot', code: '', text: to });
    const items = timeline(view({ messages: [message(1), message(2), message(3)], transitions: [tr(2, 'bot', 'queue'), tr(3, 'queue', 'human')] as never }), []);
    expect(items.filter((x) => x.kind !== 'place').map((x) => (x.kind === 'message' ? x.m.seq : x.kind))).toEqual([1, 2, 'line', 3, 'line']);
  });
  it('keeps the server’s order after a merge, and puts changes of owner by time', () => {
    const joined = [message(1), { ...message(4, 'b'), at: at(2) }, { ...message(2), at: at(6) }];
    const tr = { seq: 4, at: at(4), from: 'bot', to: 'queue', epoch: 2, actor: 'bot', code: '', text: 'x' };
    const items = timeline(view({ messages: joined, transitions: [tr] as never }), []);
    expect(items.filter((x) => x.kind !== 'place').map((x) => (x.kind === 'message' ? x.m.seq : x.kind))).toEqual([1, 4, 'line', 2]);
  });
  it('puts notes by time', () => {
    const items = timeline(view({ messages: [message(1), message(5)], notes: [{ id: 'n', by: 'Ola', text: 'x', for_bot: false, at: at(3) }] }), []);
    expect(items.map((x) => x.kind)).toEqual(['place', 'message', 'note', 'message']);
  });
  it('shows an unsent message once: the server’s row replaces ours', () => {
    const sent = message(2, 'a', { origin: 'human', key: 'k1' });
    expect(timeline(view({ messages: [message(1)] }), [local('k1')]).filter((x) => x.kind === 'message')).toHaveLength(2);
    const after = timeline(view({ messages: [message(1), sent] }), [local('k1')]).filter((x) => x.kind === 'message');
    expect(after).toHaveLength(2);
    // The same key keeps the same place on the screen, so the bubble does not blink.
    expect(after[1].id).toBe('k1');
  });
  it('never gives two items one id', () => {
    const items = timeline(view({ messages: [message(1, 'a'), message(2, 'b'), message(3, 'a')], notes: [{ id: '1', by: '', text: '', for_bot: false, at: at(2) }] }), [local('k')]);
    expect(new Set(items.map((x) => x.id)).size).toBe(items.length);
  });

  it('puts what is known beside the messages where it happened', () => {
    const sign = { at: '2026-11-22T10:00:01.500Z', code: 'referral_ad', text: 'z reklamy', channel: 'whatsapp' };
    const one = { ...message(1), at: '2026-11-22T10:00:01Z' }, two = { ...message(2), at: '2026-11-22T10:00:02Z' };
    expect(timeline(view({ messages: [one, two], signs: [sign] }), []).filter((x) => x.kind !== 'place').map((x) => x.kind)).toEqual(['message', 'sign', 'message']);
  });
  it('a message waits for what was said before it in its place, and for nothing else', () => {
    const out = (seq: number, delivery: string, thread = 'a', origin = 'human') => message(seq, thread, { delivery, origin } as never);
    const mine = out(5, 'queued');
    expect(behind(mine, [out(4, 'sending'), mine])).toBe(true);
    expect(behind(mine, [out(4, 'queued'), mine])).toBe(true);
    expect(behind(mine, [out(4, 'sent'), out(3, 'failed'), out(6, 'queued'), out(4, 'sending', 'b'), out(4, 'queued', 'a', 'customer'), mine])).toBe(false);
  });
});
