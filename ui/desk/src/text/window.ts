// Until when a platform takes an answer: free text, then, on some, a named person's words.
export interface Ends { window_ends?: string; human_ends?: string }
export interface Closing { which: 'free' | 'human' | 'over'; left: number; tone: 'warn' | 'bad' }

/** near is how long before an end it is worth a sign: as the warnings of the server, in seconds. */
const near = { free: 4 * 3600, human: 24 * 3600 };

/** closing names the end of a window that is near or over; nothing where there is time, or no limit. */
export function closing(x: Ends, now: number): Closing | undefined {
  if (!x.window_ends) return undefined;
  const left = (at: string) => (Date.parse(at) - now) / 1000;
  const free = left(x.window_ends), human = x.human_ends ? left(x.human_ends) : 0;
  if (free > 0) return free <= near.free ? { which: 'free', left: free, tone: free <= 3600 ? 'bad' : 'warn' } : undefined;
  if (human > 0) return human <= near.human ? { which: 'human', left: human, tone: human <= 3 * 3600 ? 'bad' : 'warn' } : undefined;
  return { which: 'over', left: 0, tone: 'bad' };
}
