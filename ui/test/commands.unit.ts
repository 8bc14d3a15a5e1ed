import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from '../desk/src/commands';

let commands: Command[], shown: (k: string) => string;
beforeAll(async () => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 401 }));
  const { lang } = await import('../desk/src/words/index.svelte');
  await lang.use('pl');
  ({ commands, shown } = await import('../desk/src/commands'));
});

describe('the commands', () => {
  it('put no two actions on one key where both can be meant', () => {
    const clash: string[] = [];
    for (const a of commands) for (const b of commands) if (a.id < b.id && (a.scope === b.scope || a.scope === 'any' || b.scope === 'any')) for (const k of a.keys) if (b.keys.includes(k)) clash.push(`${a.id} and ${b.id} on ${k}`);
    expect(clash).toEqual([]);
  });
  it('never use Alt, which types Polish letters', () => { expect(commands.filter((c) => c.keys.some((k) => /alt/i.test(k)))).toEqual([]); });
  it('never begin a chord with a key that acts by itself', () => {
    const single = new Set(commands.flatMap((c) => c.keys).filter((k) => !k.includes(' ')));
    expect(commands.flatMap((c) => c.keys).filter((k) => k.includes(' ') && single.has(k.split(' ')[0]))).toEqual([]);
  });
  it('have a title each', () => { for (const c of commands) expect(c.title(), c.id).toBeTruthy(); });
  it('are shown as people read keys', () => { expect(['mod+k', 'mod+Enter', 'g i', 't', 'Escape'].map(shown)).toEqual(['Ctrl K', 'Ctrl ↵', 'G I', 'T', 'Esc']); });
});
