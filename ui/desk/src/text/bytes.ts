// The server counts bytes of UTF-8, a browser counts UTF-16 units: offsets must be translated or a
// Polish letter shifts every mark after it.

/** units returns a function from byte offsets of a text to string offsets. */
export function units(text: string): (byte: number) => number {
  const ends: number[] = [0];
  let b = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.codePointAt(i)!;
    b += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (c > 0xffff) i++;
    for (let k = ends.length; k < b; k++) ends[k] = i;
    ends[b] = i + 1;
  }
  return (byte) => ends[Math.max(0, Math.min(byte, b))] ?? text.length;
}

export const byteLength = (text: string) => new TextEncoder().encode(text).length;
/** runeLength counts characters as platforms do: code points. */
export const runeLength = (text: string) => { let c = 0; for (const _ of text) c++; return c; };

export interface Piece<M> { text: string; mark?: M; n?: number }
/** pieces cuts a text at marks with byte offsets. Overlaps lose to the earlier mark. */
export function pieces<M extends { start: number; end: number }>(text: string, marks: M[]): Piece<M>[] {
  const at = units(text), out: Piece<M>[] = [];
  let pos = 0;
  marks.map((mark, n) => ({ mark, n: n + 1, from: at(mark.start), to: at(mark.end) }))
    .filter((m) => m.to > m.from)
    .sort((a, b) => a.from - b.from)
    .forEach((m) => {
      if (m.from < pos) return;
      if (m.from > pos) out.push({ text: text.slice(pos, m.from) });
      out.push({ text: text.slice(m.from, m.to), mark: m.mark, n: m.n });
      pos = m.to;
    });
  if (pos < text.length || !out.length) out.push({ text: text.slice(pos) });
  return out;
}

/** links splits a text at web addresses; only https becomes a link. */
export const links = (text: string) => text.split(/(https:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((x, i) => ({ text: x, href: i % 2 ? x : '' })).filter((x) => x.text);
