// Learning from people, as they see it: a correction at the desk becomes an example, an approved one a
// version, and the brand's own words count from the next message on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hears, keys, until, world } from './world.mjs';

let w;
before(async () => { w = await world(); });
after(async () => { await w?.end(); });
const words = 'serduszka mi nie wpadły za kurtkę';
const shot = async (p, name) => { if (process.env.SHOTS) await p.screenshot({ path: `${process.env.SHOTS}/${name}.png` }); };

test('a correction at the desk waits in Learning, without personal data', async () => {
  await w.writes('nowa', `${words}, proszę o telefon 601 234 567`);
  const ola = await w.desk();
  await ola.getByRole('option', { name: /serduszka/ }).click();
  await ola.getByRole('button', { name: 'Zmień temat' }).click();
  await ola.getByRole('menuitemradio', { name: 'Program lojalnościowy' }).click();
  await hears(ola, 'czeka w Nauce');
  await ola.getByRole('button', { name: 'Zmień nastrój' }).click();
  const mood = ola.waitForResponse('**/topic');
  await ola.getByRole('menuitemradio', { name: 'napięcie' }).click();
  await mood;
  await keys(ola, 'g', 'n');
  await ola.goto(`${w.base}/#/learning/corrections`);
  const one = ola.locator('li.card', { hasText: words });
  await one.waitFor();
  assert.match(await one.locator('.text').innerText(), /telefon \[telefon\]$/);
  assert.equal(await ola.locator('li.card').count(), 1, 'two corrections of one message are one example');
  assert.equal(await one.getByRole('button', { name: /Zatwierdź/ }).count(), 0, 'an agent may not approve');
  assert.equal(await one.locator('select.mood').inputValue(), 'tense');
  await shot(ola, 'corrections-agent');
});

test('a manager approves, trains, sees the figures and goes back', async () => {
  const p = await w.desk('kierownik@demo.pl', { viewport: { width: 1280, height: 860 } });
  await p.goto(`${w.base}/#/learning/corrections`);
  await shot(p, 'corrections');
  await p.getByRole('button', { name: /^Zatwierdź ?: serduszka/ }).click();
  await p.locator('.empty').waitFor();
  await p.getByRole('link', { name: 'Przykłady' }).click();
  await p.locator('li', { hasText: words }).waitFor();
  await p.getByPlaceholder('Wiadomość, tak jak pisze klient').fill('kiedy dostanę serduszka za buty');
  await p.getByLabel('Temat: Dodaj przykład').selectOption('loyalty_program');
  await p.getByRole('button', { name: 'Dodaj przykład' }).click();
  await p.locator('li', { hasText: 'kiedy dostanę serduszka' }).waitFor();
  await shot(p, 'examples');
  await p.getByRole('link', { name: 'Wersje' }).click();
  await p.getByText('Nowa wersja się uczy').waitFor();
  const api = async (path, data) => p.request.post(`${w.base}/api/learning/${path}`, { data, headers: { Origin: w.base } });
  await api('train', {}); // the button rests while a version is due; two minutes are long for a test
  const one = p.locator('li.card', { hasText: 'Wersja 1' });
  await one.waitFor({ timeout: 900_000 }); // a version is trained: the longest work of all
  await shot(p, 'versions');
  await one.getByText('w użyciu').waitFor();
  assert.match(await one.innerText(), /2 przykłady firmy/);
  const read = await (await api('try', { text: words })).json();
  assert.equal(read.touchpoint, 'loyalty_program');
  assert.ok((await one.innerText()).includes(read.version));
  await p.getByRole('button', { name: /^Wróć do tej wersji ?: 0/ }).click();
  await p.locator('li.card', { hasText: 'Wersja fabryczna' }).getByText('w użyciu').waitFor();
  assert.notEqual((await (await api('try', { text: words })).json()).version, read.version);
});

test('the brand’s own words count at once, both ways', async () => {
  const p = await w.desk('kierownik@demo.pl', { viewport: { width: 1280, height: 860 } });
  await p.goto(`${w.base}/#/learning/words`);
  const attempt = async (text) => { await p.getByLabel('Wypróbuj zdanie').fill(text); await p.getByRole('button', { name: 'Sprawdź' }).click(); await p.locator('[role=status] .res').first().waitFor(); };
  await attempt('koszt dostawy koszulki żenada?');
  await p.getByText('oddaje człowiekowi').waitFor();
  await p.getByLabel('Słowo lub zwrot').fill('koszulk* żenada');
  await p.getByLabel('Co znaczy').selectOption('harmless');
  await p.getByRole('button', { name: 'Dodaj słowo' }).click();
  await p.locator('li', { hasText: 'koszulk* żenada' }).waitFor();
  await p.locator('.res .chip.ai').waitFor();
  await p.getByLabel('Słowo lub zwrot').fill('klej*');
  await p.getByLabel('Co znaczy').selectOption('hard');
  await p.getByRole('button', { name: 'Dodaj słowo' }).click();
  await p.locator('li', { hasText: 'klej*' }).waitFor();
  await attempt('w tej bluzce czuć klejem');
  await p.locator('.res .chip.hu').waitFor();
  await shot(p, 'words');
  await p.getByRole('button', { name: 'Usuń słowo: klej*' }).click();
  await p.locator('li', { hasText: 'klej*' }).waitFor({ state: 'detached' });
});

test('one key labels a message of the week’s list', async () => {
  for (const [who, text] of [['kasia', 'a jak to jest z tymi serduszkami u was'], ['bartek_n', 'chciałbym coś dograć w sprawie tamtego'], ['ewelina.k', 'no i co teraz z tym fantem zrobimy']]) await w.writes(who, text);
  const p = await w.desk('kierownik@demo.pl', { viewport: { width: 1280, height: 860 } });
  await p.goto(`${w.base}/#/learning/week`);
  await p.getByRole('button', { name: 'Zrób listę teraz' }).click();
  await p.locator('blockquote').waitFor();
  await shot(p, 'week');
  const count = async () => Number(/z (\d+)/.exec(await p.locator('article header').innerText())?.[1] ?? 0);
  const was = await count(), text = await p.locator('blockquote').innerText();
  await p.keyboard.press('1');
  await p.waitForFunction((x) => document.querySelector('blockquote')?.textContent !== x, text);
  if (was > 1) await until(async () => (await count()) === was - 1, 'one less is left');
  await p.getByRole('link', { name: 'Przykłady' }).click();
  await p.locator('li', { hasText: text }).waitFor();
});
test('the browser complained about nothing', () => { assert.deepEqual(w.faults, []); });
