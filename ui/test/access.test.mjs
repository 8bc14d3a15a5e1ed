// Every screen, both languages, light and dark: axe finds nothing; and nothing runs off a narrow page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { audit, until, world } from './world.mjs';

let w;
before(async () => {
  w = await world();
  await w.writes('marek', 'Gdzie jest moja paczka?! Miała być wczoraj!');
  await w.writes('kasia', 'Hej, gdzie jest moja paczka?');
  await w.writes('bartek_n', 'Chcę wymienić plecak na większy rozmiar, da się?');
  await w.gets('kasia', 'the bot answers');
  for (const who of ['nowa', 'nowy', 'nowi']) await w.writes(who, 'no i co teraz z tym fantem zrobimy'); // often the same: the week's list has it
  const p = await w.desk('kierownik@demo.pl'), head = { headers: { Origin: w.base } };
  const talk = await until(async () => (await (await p.request.get(`${w.base}/api/conversations?view=all&q=marek`)).json()).items[0], 'the conversation is there');
  await p.request.post(`${w.base}/api/conversations/${talk.id}/topic`, { data: { mood: 'angry' }, ...head });
  await p.request.post(`${w.base}/api/learning/words`, { data: { pattern: 'koszulk* żenada', side: 'harmless' }, ...head });
  await until(async () => { await p.request.post(`${w.base}/api/learning/weekly`, { data: {}, ...head }); return (await (await p.request.get(`${w.base}/api/learning/examples?state=suggested`)).json()).items.length; }, 'the week has a list');
  await p.context().close();
});
after(async () => { await w?.end(); });

const screens = { inbox: '.take', queue: 'header > h1 > .num.dim', wall: '.tile', autonomy: '.lad', log: 'article', 'learning/week': 'blockquote', 'learning/corrections': 'li.card', 'learning/examples': 'form', 'learning/words': 'form', 'learning/versions': 'li.card', 'settings/look': '.line', 'settings/sounds': '.line', 'settings/keys': '.line', 'settings/channels': '.line', 'settings/words': '.line' };
// Each language and each set of colours once: neither changes what the other does.
for (const [colorScheme, lang] of [['light', 'pl'], ['dark', 'en']]) test(`the desk, ${colorScheme}, ${lang}`, async () => {
  const p = await w.desk('kierownik@demo.pl', { colorScheme, bypassCSP: true });
  await p.request.put(`${w.base}/api/me`, { data: { lang }, headers: { Origin: w.base } });
  await p.reload();
  await p.waitForFunction((l) => document.documentElement.lang === l, lang);
  for (const [screen, sign] of Object.entries(screens)) {
    await p.goto(`${w.base}/#/${screen}`);
    await p.locator(sign).first().waitFor();
    assert.deepEqual(await audit(p), [], screen);
  }
  await p.goto(`${w.base}/#/inbox`);
  await p.locator('.take').waitFor();
  for (const open of ['?', 'Control+k', 'p', 'b', 'z']) {
    await p.keyboard.press(open);
    await p.locator('dialog[open]').waitFor();
    assert.deepEqual(await audit(p), [], `dialog ${open}`);
    await p.keyboard.press('Escape');
    await p.locator('dialog').waitFor({ state: 'detached' });
  }
  await p.request.put(`${w.base}/api/me`, { data: { lang: 'pl' }, headers: { Origin: w.base } });
  await p.context().close();
});

for (const colorScheme of ['light', 'dark']) test(`login, phone, shop and chat, ${colorScheme}`, async () => {
  const p = await w.page({ colorScheme, bypassCSP: true });
  for (const [path, sign] of [['/', 'form'], ['/demo', '.phone'], ['/demo/shop', '#goods li'], ['/widget/demo/frame?lang=pl', 'form']]) {
    await p.goto(w.base + path);
    await p.locator(sign).first().waitFor();
    assert.deepEqual(await audit(p), [], path);
  }
});

test('a page 320 px wide has no sideways scroll', async () => {
  const p = await w.desk('kierownik@demo.pl', { viewport: { width: 320, height: 640 } });
  for (const screen of ['inbox', 'queue', 'wall', 'autonomy', 'log', 'learning/week', 'learning/examples', 'learning/versions', 'settings/look']) {
    await p.goto(`${w.base}/#/${screen}`);
    await p.locator(`a[aria-current=page][href^="#/${screen.split('/')[0]}"]`).first().waitFor({ state: 'attached' });
    await p.waitForSelector('.screen');
    assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), screen);
  }
});
test('a step within a screen does not build it anew', async () => {
  const p = await w.desk('kierownik@demo.pl');
  await p.goto(`${w.base}/#/settings/look`);
  await p.locator('.line').first().waitFor();
  await p.evaluate(() => { document.querySelector('.screen').kept = true; });
  await p.goto(`${w.base}/#/settings/keys`);
  await p.locator('h2', { hasText: 'Skróty' }).first().waitFor();
  assert.ok(await p.evaluate(() => document.querySelector('.screen').kept), 'the screen was taken away and built again');
});
test('the browser complained about nothing', () => { assert.deepEqual(w.faults, []); });
