// What must happen, seen from both sides of the screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hears, held, keys, said, until, world } from './world.mjs';

let w;
before(async () => { w = await world(); });
after(async () => { await w?.end(); });

test('an angry customer with a late parcel meets silence, then a person', async () => {
  const desk = await w.desk(), phone = await w.page();
  await phone.goto(`${w.base}/demo`);
  await phone.getByRole('button', { name: /Miała być wczoraj/ }).click();
  await desk.waitForSelector('.conv.queue');
  assert.match(await desk.locator('#take-title').innerText(), /Bot ustąpił .* Marek o tym nie wie/);
  await desk.locator('.facts', { hasText: 'Opóźnienie w sortowni' }).first().waitFor(); // facts complete the card
  await desk.waitForFunction(() => /^\(1\)/.test(document.title));
  assert.equal((await w.reached('marek')).length, 0, 'the bot said something');
  if (process.env.SCREENSHOT) { // of the README: make screenshot
    await desk.locator('.sug').first().waitFor();
    await desk.screenshot({ path: process.env.SCREENSHOT });
  }

  await desk.keyboard.press('t');
  await desk.waitForSelector('.take.mine');
  const field = desk.locator('.composer textarea');
  // Taking over leads into the field, where a digit still takes a suggestion while nothing is written.
  await desk.locator('.sug').first().waitFor();
  await desk.waitForFunction(() => document.activeElement?.matches('.composer textarea'));
  await desk.keyboard.press('1');
  await until(async () => /^Panie Marku/.test(await field.inputValue()), 'the suggestion is in the field');
  await field.fill('Panie Marku, tu Ola. Przepraszam za opóźnienie, ustalam to u kuriera.');
  // The bubble is there before any server has answered: the answer is held back until it is seen.
  const reply = await held([desk], '**/reply');
  await desk.keyboard.press('Control+Enter');
  await desk.locator('.msg.hum', { hasText: 'ustalam to u kuriera' }).waitFor();
  assert.equal((await w.reached('marek')).length, 0);
  reply.let_go();
  await phone.locator('.theirs', { hasText: 'ustalam to u kuriera' }).waitFor();
  await desk.locator('.msg.hum .tick.read').waitFor(); // the phone is open: the platform says so
  assert.equal((await w.reached('marek')).length, 1);
});

test('the same question, calm and on time, is the bot’s', async () => {
  await w.writes('kasia', 'Hej, gdzie jest moja paczka?');
  const [answer] = await w.gets('kasia', 'the bot answers');
  assert.match(answer.text, /48377/);
  const desk = await w.desk();
  await desk.getByRole('option', { name: /Katarzyna Lis/ }).click();
  await desk.locator('.msg.bot').first().waitFor();
  assert.match(await desk.locator('.msg.bot footer').first().innerText(), /Asystent AI/);
  assert.equal(await desk.locator('.msg.bot').first().getAttribute('data-ai'), 'true');
});

test('two people press at once and one has it', async () => {
  await w.writes('ewelina.k', 'Chcę rozmawiać z człowiekiem!');
  const ola = await w.desk(), piotr = await w.desk('piotr@demo.pl');
  for (const p of [ola, piotr]) await p.getByRole('option', { name: /Ewelina/ }).click();
  for (const p of [ola, piotr]) await p.getByRole('button', { name: /Przejmij rozmowę/ }).waitFor();
  const both = await held([ola, piotr], '**/takeover', 2);
  await Promise.all([ola.keyboard.press('t'), piotr.keyboard.press('t')]);
  await both.all;
  both.let_go();
  const told = async (p) => (await said(p)).filter((x) => /Ola|Piotr/.test(x)).length;
  await until(async () => (await told(ola)) + (await told(piotr)) > 0, 'one of them is told who was quicker');
  const [winner, loser] = (await told(ola)) ? [piotr, ola] : [ola, piotr];
  await winner.locator('.take.mine').waitFor();
  await loser.locator('.hint', { hasText: /Rozmowę prowadzi/ }).waitFor();
  assert.equal((await told(ola)) + (await told(piotr)), 1);
});

test('what is not sent survives another conversation and a reload', async () => {
  const desk = await w.desk();
  await desk.getByRole('option', { name: /Katarzyna Lis/ }).click();
  await desk.locator('main h2', { hasText: 'Katarzyna Lis' }).waitFor();
  await desk.locator('.composer textarea').fill('Niedokończone zdanie');
  await desk.getByRole('option', { name: /Marek/ }).click();
  await desk.waitForFunction(() => document.querySelector('.composer textarea')?.value === '');
  await desk.reload();
  await desk.getByRole('option', { name: /Katarzyna Lis/ }).filter({ hasText: 'szkic' }).click();
  await desk.waitForFunction(() => document.querySelector('.composer textarea')?.value === 'Niedokończone zdanie');
});

test('a draft is approved and reaches the phone as the bot wrote it', async () => {
  await w.writes('bartek_n', 'Chcę wymienić plecak na większy rozmiar, da się?');
  const desk = await w.desk();
  await desk.locator('nav a[href="#/queue"] b').waitFor(); // a draft waits
  await keys(desk, 'g', 'z');
  await desk.locator('.draft .txt').waitFor();
  const text = (await desk.locator('.draft .txt').evaluate((e) => { const c = e.cloneNode(true); c.querySelectorAll('sup').forEach((s) => s.remove()); return c.textContent; })).trim();
  await desk.keyboard.press('a');
  await hears(desk, 'Zatwierdzono');
  const list = await w.gets('bartek_n', 'the approved draft arrives');
  assert.ok(list.some((o) => o.text.includes(text.slice(0, 60))), `${list.map((o) => o.text)} is not ${text}`);
});

test('a visitor of the shop talks to the bot and asks for a person', async () => {
  const shop = await w.page({ viewport: { width: 1200, height: 820 } });
  await shop.goto(`${w.base}/demo/shop`);
  await shop.mouse.click(1200 - 50, 820 - 50);
  const frame = await until(() => shop.frames().find((f) => f.url().includes('/frame')), 'the chat opens');
  await frame.waitForSelector('form textarea');
  await until(() => frame.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'), 'the field has the focus');
  assert.match(await frame.locator('.first').innerText(), /AI/, 'the first line does not say that an AI answers');
  await shop.keyboard.type('Ile kosztuje dostawa?');
  await shop.keyboard.press('Enter');
  await frame.locator('.m.bot', { hasText: '14,99' }).waitFor();
  await frame.getByRole('button', { name: 'Wolę człowieka' }).click();
  await frame.locator('header .who', { hasText: 'człowiek' }).waitFor();
  const desk = await w.desk();
  await desk.locator('.conv.queue', { hasText: /człowieka/i }).first().click();
  await desk.locator('.msg.cust', { hasText: 'Ile kosztuje dostawa?' }).waitFor(); // what t takes over is what is shown
  await desk.keyboard.press('t');
  await desk.waitForSelector('.take.mine');
  await desk.locator('.composer textarea').fill('Dzień dobry, tu Ola. Już jestem.');
  await desk.keyboard.press('Control+Enter');
  await frame.locator('.m.human', { hasText: 'tu Ola' }).waitFor();
  await frame.locator('header .who', { hasText: 'Ola' }).waitFor();
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  await frame.locator('input[type=file]').setInputFiles({ name: 'but.png', mimeType: 'image/png', buffer: png });
  await frame.locator('.m.customer .doc.pic img').waitFor();
  await desk.locator('.msg.cust .pic img').waitFor();
  // A slow upload: what is sent meanwhile leaves with the file.
  const upload = await held([desk], '**/api/files?*');
  await desk.locator('.composer input[type=file]').setInputFiles({ name: 'etykieta.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') });
  await desk.locator('.composer textarea').fill('Etykieta zwrotna w załączniku.');
  await desk.keyboard.press('Control+Enter');
  await desk.getByRole('button', { name: 'Wyśle się razem z plikiem' }).waitFor();
  upload.let_go();
  await frame.locator('.m.human .doc', { hasText: 'etykieta.pdf' }).waitFor();
  await frame.locator('input[type=file]').setInputFiles({ name: 'strona.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') });
  await frame.locator('.m.failed', { hasText: 'PDF' }).getByRole('button', { name: /Usuń/ }).click();
  await frame.locator('.m.failed').waitFor({ state: 'detached' });
  await shop.keyboard.press('Escape');
  await shop.waitForFunction(() => document.activeElement?.tagName.toLowerCase() === 'tandem-chat');
});

test('a manager raises a level that was lowered; what no evidence carries cannot be pressed, and says why', async () => {
  const boss = await w.desk('kierownik@demo.pl');
  await boss.goto(`${w.base}/#/autonomy/exchange`);
  const level = (l) => boss.locator('aside dd', { hasText: l }).first().waitFor(), up = (o) => boss.locator('aside').getByRole('button', { name: 'Podnieś', ...o });
  await boss.locator('aside').getByRole('button', { name: 'Obniż' }).click();
  await hears(boss, 'od następnej wiadomości');
  await level('L1');
  await up().click();
  await boss.getByRole('dialog').getByRole('button', { name: 'Podnieś' }).click();
  await level('L2');
  await boss.locator('aside', { hasText: 'Wyżej tylko po dowodach' }).waitFor();
  await up({ disabled: true }).waitFor();
  await boss.getByRole('radiogroup', { name: 'Wymiana' }).getByRole('radio', { name: 'L3', disabled: true }).waitFor();
});

test('on a phone the chat fills the window and nothing lies on its send button', async () => {
  const shop = await w.page({ viewport: { width: 375, height: 700 } });
  await shop.goto(`${w.base}/demo/shop`);
  await shop.mouse.click(375 - 50, 700 - 50);
  const frame = await until(() => shop.frames().find((f) => f.url().includes('/frame')), 'the chat opens');
  await frame.locator('form textarea').fill('Ile kosztuje dostawa?');
  await frame.locator('button.send').click({ trial: true }); // it stands still
  const box = await frame.locator('button.send').boundingBox();
  await shop.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await frame.locator('.m.customer', { hasText: 'Ile kosztuje' }).waitFor();
});

test('a session that ends by itself says so, a line that is cut is told at once', async () => {
  const desk = await w.desk();
  await desk.locator('.net.up').waitFor();
  await desk.context().setOffline(true);
  await desk.locator('.strip', { hasText: 'Brak sieci' }).waitFor();
  await desk.context().setOffline(false);
  await desk.locator('.strip', { hasText: 'Brak sieci' }).waitFor({ state: 'detached' });
  await desk.context().clearCookies();
  await keys(desk, 'g', 'd');
  await desk.getByText('Sesja wygasła').waitFor();
});

test('a screen whose file is out of reach says so and is loaded again', async () => {
  const desk = await w.desk();
  const log = /assets\/Log-.*\.js/;
  await desk.route(log, (r) => r.fulfill({ status: 404, body: '' }));
  await desk.goto(`${w.base}/#/log`);
  await desk.getByText('Nie udało się wczytać tej części').waitFor();
  await desk.unroute(log);
  await desk.getByRole('button', { name: 'Wczytaj ponownie' }).click();
  await desk.getByRole('heading', { name: 'Dziennik decyzji' }).waitFor();
});

test('the browser complained about nothing', () => { assert.deepEqual(w.faults, []); });
