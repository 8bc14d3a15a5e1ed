// What people at the desk do about windows, templates and actions, seen from both sides.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { audit, hears, keys, said, until, world } from './world.mjs';

let w;
before(async () => { w = await world(); });
after(async () => { await w?.end(); });

test('outside the WhatsApp window an approved template is offered, filled in, shown and delivered', async () => {
  await w.writes('joanna', 'Dzień dobry, proszę o kontakt z człowiekiem w sprawie zwrotu 47930.', 'whatsapp/message', { hours_ago: 25 });
  const desk = await w.desk('ola@demo.pl', { bypassCSP: true });
  await desk.getByRole('option', { name: /Joanna/ }).click();
  await desk.locator('.shut', { hasText: 'Okno odpowiedzi minęło' }).waitFor();
  assert.equal(await desk.locator('.composer textarea').count(), 0, 'a plain answer is offered');
  await desk.getByRole('button', { name: 'Wybierz szablon' }).click();
  await desk.locator('.tpl .see').waitFor();
  assert.match(await desk.locator('.tpl .out').innerText(), /zwrot gotowy \(wstrzymany\)/);
  // A template that begins with a picture wants one, and shows it before it leaves.
  await desk.locator('.tpl select').selectOption('zdjecie_paczki pl');
  await desk.getByText('Ten szablon zaczyna się plikiem.').waitFor();
  await desk.getByRole('button', { name: 'Wyślij szablon', disabled: true }).waitFor();
  await desk.locator('.tpl input[type=file]').setInputFiles({ name: 'paczka.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==', 'base64') });
  await desk.locator('.tpl .pic img').waitFor();
  assert.match(await desk.locator('.tpl .card').innerText(), /zamówienia 47930[\s\S]*Śledź paczkę[\s\S]*sledz\/47930/);
  await desk.getByRole('button', { name: 'Wyślij szablon', disabled: false }).waitFor();
  await desk.locator('.tpl select').selectOption('status_paczki pl');
  // The number of the order is known from the conversation; the preview is what the customer will read.
  await until(async () => (await desk.getByLabel('Pole 1').inputValue()) === '47930', 'the number is filled in');
  await desk.getByLabel('Pole 1').fill('');
  await desk.getByRole('button', { name: 'Wyślij szablon', disabled: true }).waitFor();
  await desk.getByLabel('Pole 1').fill('47930');
  await desk.locator('.tpl .see p', { hasText: 'zamówieniu 47930' }).waitFor();
  const seen = await desk.locator('.tpl .see p').innerText();
  assert.deepEqual(await audit(desk), []);
  await desk.getByRole('button', { name: 'Wyślij szablon' }).click();
  const [got] = await w.gets('joanna', 'the template arrives', 'whatsapp');
  assert.equal(got.text, seen);
  assert.equal(got.kind, 'template');
  await desk.locator('.msg.hum footer', { hasText: 'szablon status paczki' }).waitFor();
  // The customer answers, and the window is open again.
  await w.writes('joanna', 'Tak, proszę', 'whatsapp/message');
  await desk.locator('.composer textarea').waitFor();
});

test('the bot proposes to give back the delivery cost, an agent proposes the rest, and only a press carries it out', async () => {
  await w.writes('natalia', 'Dzień dobry, paczka miała być wczoraj, a nadal jej nie ma. Co się dzieje?');
  const desk = await w.desk('ola@demo.pl', { bypassCSP: true });
  await desk.getByRole('option', { name: /Natalia/ }).click();
  const card = desk.getByRole('article', { name: 'Zwrot kosztu dostawy' });
  await card.waitFor();
  assert.match(await card.innerText(), /14,99[\s\u00a0]zł[\s\S]*zamówienie 48344[\s\S]*proponuje bot/);
  assert.equal((await w.reached('natalia')).length, 0, 'the bot said something');
  // Five seconds to take it back: nothing is done, and it waits again. What those seconds show is looked at meanwhile.
  const counts = card.getByText(/wykona się za \d s/).waitFor();
  await card.getByRole('button', { name: 'Wykonaj' }).click();
  await card.getByRole('button', { name: 'Cofnij' }).click();
  await counts;
  await card.getByText(/zatwierdzenie cofnięte/).waitFor();
  await card.getByRole('button', { name: 'Wykonaj' }).click();
  await hears(desk, 'zaraz się wykona', 2);
  await card.getByText('Wykonane').waitFor();

  await desk.keyboard.press('d');
  const form = desk.getByRole('dialog', { name: 'Zaproponuj działanie' });
  await until(async () => (await form.getByLabel(/Kwota/).inputValue()) === '14,99', 'the amount is filled in');
  await form.getByText('Zwrot pieniędzy').click();
  await until(async () => (await form.getByLabel('Numer zamówienia').inputValue()) === '48344', 'the number is filled in');
  await form.getByLabel(/Kwota/).fill('20,5');
  assert.deepEqual(await audit(desk), []);
  await form.getByRole('button', { name: /Zaproponuj/ }).click();
  const second = desk.getByRole('article', { name: 'Zwrot pieniędzy' });
  await second.waitFor();
  assert.match(await second.innerText(), /20,50[\s\u00a0]zł[\s\S]*gest dobrej woli[\s\S]*proponuje Ola/);
  await second.getByRole('button', { name: 'Odrzuć' }).click();
  await second.getByRole('button', { name: 'klient nie chce' }).click();
  await second.getByText(/Odrzucone/).waitFor();
});

test('an approval can be taken back for five seconds, and nothing goes out', async () => {
  await w.writes('bartek_n', 'Chcę wymienić plecak na większy rozmiar, da się?');
  const desk = await w.desk('piotr@demo.pl');
  await desk.locator('nav a[href="#/queue"] b').waitFor(); // a draft waits
  await keys(desk, 'g', 'z');
  await desk.locator('.draft .txt').waitFor();
  await desk.keyboard.press('a');
  await hears(desk, 'Zatwierdzono. Wysyłka');
  await desk.keyboard.press('u');
  await hears(desk, 'Szkic znowu czeka');
  assert.match((await said(desk)).find((x) => x.includes('Zatwierdzono. Wysyłka')), /za [1-5] s[\s\S]*Cofnij/);
  await desk.locator('.draft .txt').waitFor();
  assert.equal((await w.reached('bartek_n')).length, 0, 'it went out all the same');
  await desk.keyboard.press('a');
  // What was taken back would come before this one.
  assert.equal((await w.gets('bartek_n', 'the second approval arrives')).length, 1, 'it went out all the same');
});

test('a message that did not arrive says why, in the list too, and is sent again', async () => {
  await w.fault('messenger', 'unwanted');
  await w.writes('tomasz', 'Proszę o kontakt z człowiekiem', 'messenger/dm');
  const desk = await w.desk('piotr@demo.pl', { bypassCSP: true });
  const row = desk.getByRole('option', { name: /Tomasz/ });
  await row.click();
  await desk.locator('.composer textarea').fill('Dzień dobry, w czym mogę pomóc?');
  await desk.keyboard.press('Control+Enter');
  const failed = desk.locator('.msg .fail');
  await failed.waitFor();
  assert.match(await failed.innerText(), /Nie wysłano: platforma nie może dostarczyć wiadomości tej osobie/);
  await row.getByText('Nie wysłano').waitFor();
  await desk.locator('.shut', { hasText: 'Odpowiesz tu, gdy klient znowu napisze' }).waitFor();
  assert.deepEqual(await audit(desk), []);
  assert.equal((await w.reached('tomasz', 'messenger')).length, 0, 'it arrived all the same');
  await w.fault('messenger', 'ok');
  await failed.getByRole('button', { name: 'Ponów' }).click();
  await failed.waitFor({ state: 'detached' });
  await until(async () => (await w.reached('tomasz', 'messenger')).length === 1, 'the second attempt arrives');
  await row.getByText('Nie wysłano').waitFor({ state: 'detached' });
});

test('two customers with one order number are proposed as one person, joined, and parted again', async () => {
  await w.writes('ewelina.k', 'Dzień dobry, proszę o człowieka w sprawie zamówienia 48391.');
  await w.writes('ewelina_kacz', 'Hej, kiedy wyślecie 48391? Proszę o człowieka', 'messenger/dm');
  const desk = await w.desk('ola@demo.pl', { bypassCSP: true });
  const rows = desk.getByRole('option', { name: /Ewelina/ });
  await until(async () => (await rows.count()) === 2, 'both are in the list');
  await desk.getByRole('option', { name: /Ewelina Kaczmarek/ }).click();
  await desk.getByRole('tab', { name: /Klient/ }).click();
  const maybe = desk.getByRole('region', { name: 'Może to ta sama osoba' });
  await maybe.getByText('ten sam numer zamówienia').waitFor();
  await maybe.getByRole('button', { name: 'To ta sama osoba' }).click();
  await desk.locator('.thread, main').getByText('kiedy wyślecie 48391').first().waitFor();
  await until(async () => (await rows.count()) === 1, 'one conversation is left');
  const joined = desk.getByRole('region', { name: 'Połączone' });
  await joined.getByRole('button', { name: /Rozdziel/ }).click();
  assert.deepEqual(await audit(desk), []);
  await joined.getByRole('button', { name: /Rozdziel/ }).first().click();
  await until(async () => (await rows.count()) === 2, 'there are two again');
  await desk.getByRole('option', { name: /Ewelina_kacz/ }).click();
  await desk.getByText('kiedy wyślecie 48391').first().waitFor();
});

test('a manager sees what was sampled, an agent does not', async () => {
  const boss = await w.desk('kierownik@demo.pl', { bypassCSP: true }), agent = await w.desk();
  for (const p of [boss, agent]) { await p.goto(`${w.base}/#/autonomy`); await p.getByRole('tab', { name: 'Mapa' }).waitFor(); }
  assert.equal(await agent.getByRole('tab', { name: 'Próbki' }).count(), 0);
  await boss.getByRole('tab', { name: 'Próbki' }).click();
  await boss.locator('.groups button').first().waitFor();
  assert.equal(await boss.locator('.groups button').count(), 5);
  assert.deepEqual(await audit(boss), []);
  assert.equal((await agent.request.get(`${w.base}/api/samples`)).status(), 403);
});

test('an owner invites somebody, who sets a password and works, and takes access away again', async () => {
  const boss = await w.desk('kierownik@demo.pl', { bypassCSP: true });
  await boss.goto(`${w.base}/#/settings/people`);
  await boss.getByLabel('Imię i nazwisko').fill('Ewa Kos');
  await boss.getByLabel('E-mail').fill('ewa@demo.pl');
  await boss.getByRole('button', { name: 'Utwórz odnośnik' }).click();
  const link = await boss.locator('.link input').inputValue();
  assert.deepEqual(await audit(boss), []);
  const ewa = await w.page({ bypassCSP: true });
  await ewa.goto(link);
  await ewa.getByLabel('Nowe hasło').fill('długie-hasło');
  assert.deepEqual(await audit(ewa), []);
  await ewa.getByRole('button', { name: /Ustaw hasło/ }).click();
  await ewa.getByRole('heading', { name: 'Skrzynka' }).waitFor();
  await boss.getByRole('button', { name: /Odbierz dostęp.*Ewa Kos/ }).click();
  await boss.getByRole('button', { name: 'Odbierz', exact: true }).click();
  await boss.getByText('bez dostępu').waitFor();
  await ewa.getByRole('button', { name: 'Zaloguj się' }).waitFor(); // her desk ends at once
});

test('the browser complained about nothing', () => { assert.deepEqual(w.faults, []); });
