// A visitor who was not on the page when a matter ended is asked for a rating on coming back, and once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until, world } from './world.mjs';

let w;
before(async () => { w = await world(); });
after(async () => { await w.end(); assert.deepEqual(w.faults, []); });

test('a rating waits for the visitor and is asked once', async () => {
  const visitor = await w.page({ reducedMotion: 'no-preference' }), desk = await w.desk();
  const api = async (method, path, data) => { const r = await desk.request.fetch(w.base + path, { method, data, headers: { Origin: w.base } }); assert.ok(r.ok(), `${path} answered ${r.status()}`); return r.status() === 200 ? r.json() : null; };
  const chat = async () => {
    await visitor.goto(`${w.base}/demo/shop`);
    await visitor.evaluate(() => window.tandem.open());
    return until(() => visitor.frames().find((f) => f.url().includes('/frame?')), 'the chat is there');
  };
  let frame = await chat();
  await frame.locator('form textarea').fill('Proszę o kontakt z człowiekiem');
  await frame.locator('button.send').click();
  const row = await until(async () => (await api('GET', '/api/conversations?view=needs_human')).items.find((x) => x.channel === 'webchat'), 'a person is needed');
  await api('POST', `/api/conversations/${row.id}/reply`, { text: 'Dzień dobry, tu Ola.' });
  await frame.getByText('tu Ola').waitFor();
  await visitor.goto('about:blank');
  await api('POST', `/api/conversations/${row.id}/close`, { outcome: 'resolved' });
  frame = await chat();
  await frame.locator('.rate').waitFor();
  frame = await chat();
  await frame.getByText('tu Ola').waitFor();
  await frame.locator('.who').filter({ hasNotText: 'Łączenie' }).waitFor();
  await frame.evaluate(() => new Promise((go) => setTimeout(go, 300))); // the question would follow at once
  assert.equal(await frame.locator('.rate').count(), 0, 'it was seen before');
});
