// How many SMS a text is billed as: 160 letters of the GSM alphabet, or 70 as soon as one letter is Polish; 153 and 67
// where there are several. The same rule as channel.Segments on the server.
const gsm = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const twice = new Set('^{}\\[~]|€\f');

export function segments(text: string): number {
  const letters = [...text], wide = letters.some((c) => !gsm.has(c) && !twice.has(c));
  const units = wide ? text.length : letters.reduce((n, c) => n + (twice.has(c) ? 2 : 1), 0);
  const [one, each] = wide ? [70, 67] : [160, 153];
  return units <= one ? Math.min(units, 1) : Math.ceil(units / each);
}
