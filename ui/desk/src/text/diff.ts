// A word diff: what a reviewer changed, small enough to read while typing.
export interface Run { kind: 'same' | 'del' | 'ins'; text: string }
const words = (s: string) => s.match(/\s+|[\p{L}\p{N}]+(?:[.,:/-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [];

export function diff(a: string, b: string): Run[] {
  const x = words(a), y = words(b), n = x.length, m = y.length;
  const w = m + 1, len = new Uint16Array((n + 1) * w);
  for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--) len[i * w + j] = x[i] === y[j] ? len[(i + 1) * w + j + 1] + 1 : Math.max(len[(i + 1) * w + j], len[i * w + j + 1]);
  const out: Run[] = [];
  const add = (kind: Run['kind'], text: string) => { const last = out.at(-1); if (last?.kind === kind) last.text += text; else out.push({ kind, text }); };
  let i = 0, j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && x[i] === y[j]) { add('same', x[i]); i++; j++; }
    else if (i < n && (j >= m || len[(i + 1) * w + j] >= len[i * w + j + 1])) add('del', x[i++]);
    else add('ins', y[j++]);
  }
  return gather(out);
}

// A lone space or comma between two changes reads worse than one longer change.
function gather(runs: Run[]): Run[] {
  const out: Run[] = [];
  for (let i = 0; i < runs.length; i++) {
    const r = runs[i];
    if (r.kind === 'same' && !/[\p{L}\p{N}]/u.test(r.text) && out.length && i + 1 < runs.length && !r.text.includes('\n')) {
      const before = out.slice(-2), ins = before.find((o) => o.kind === 'ins'), del = before.find((o) => o.kind === 'del');
      if (ins && del) { ins.text += r.text; del.text += r.text; continue; }
    }
    const at = out.slice(-2).find((o) => o.kind === r.kind && r.kind !== 'same');
    if (at && out.slice(-2).every((o) => o.kind !== 'same')) at.text += r.text; else out.push({ ...r });
  }
  return out;
}

export const changes = (runs: Run[]) => runs.filter((r, i) => r.kind !== 'same' && (r.kind === 'del' || runs[i - 1]?.kind !== 'del')).length;

/** guess reads the likely reasons out of an edit, so that usually no press is needed. */
export function guess(a: string, b: string): number[] {
  const runs = diff(a, b), cut = runs.filter((r) => r.kind === 'del').map((r) => r.text).join(' '), put = runs.filter((r) => r.kind === 'ins').map((r) => r.text).join(' ');
  if (cut.length + put.length < 3) return [];
  const why = new Set<number>();
  if (/\d/.test(cut + put)) why.add(2);
  if (/\b(jutro|dziś|dzisiaj|gwarantuj|na pewno|obiecuj|tomorrow|today|guarantee|promise)/iu.test(cut)) why.add(3);
  if (/\b(formularz|regulamin|na stronie|infolini|form|website|call us)/iu.test(cut)) why.add(4);
  if (b.length < a.length * 0.7) why.add(5);
  if (!why.size || /\b(przepraszam|przykro|rozumiem|dziękuj|sorry|understand|thank)/iu.test(put)) why.add(1);
  return [...why].sort();
}
