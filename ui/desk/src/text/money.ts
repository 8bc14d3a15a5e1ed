// Amounts as people type them and as they read them; minor units in between.
/** minor reads "14,99", "14.99" or "1 200" as minor units; NaN where it is no amount above zero. */
export function minor(s: string): number {
  const m = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(s.replace(/[\s\u00a0]/g, '').replace(/(zł|PLN|EUR|€)$/i, ''));
  const n = m ? Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0')) : NaN;
  return n > 0 ? n : NaN;
}
/** plain writes minor units for a field: 14,99. */
export const plain = (n: number, lang: string) => (n / 100).toFixed(2).replace('.', lang === 'pl' ? ',' : '.');
/** worth reads a fact's value, such as "1499 PLN". */
export function worth(s: string | undefined): { amount: number; currency: string } | undefined {
  const m = /^(\d+) ([A-Z]{3})$/.exec(s ?? '');
  return m ? { amount: Number(m[1]), currency: m[2] } : undefined;
}
