// The shop's page of the demo, with the real widget on it, loaded as any shop would.
import './shop.css';
import { h } from '../shared/dom';

const goods: [string, string, string][] = [['Kurtka zimowa Tatra', '249,98 zł', 'coat'], ['Sukienka midi Lena', '189,99 zł', 'dress'], ['Płaszcz Mokotów', '399,00 zł', 'long'], ['Szalik wełniany', '79,99 zł', 'scarf'], ['Plecak miejski', '219,99 zł', 'bag'], ['Torebka Sopot', '279,00 zł', 'purse']];
const shapes: Record<string, string> = {
  coat: 'M38 22 50 16h20l12 6 14 10 6 50-14 3-4-30v47H36V55l-4 30-14-3 6-50zM60 24v78M50 16q10 14 20 0', dress: 'M50 14l-3 9-5 9 4 16-14 52h56L74 48l4-16-5-9-3-9-2 6q-8 9-16 0zM46 48h28', long: 'M40 18 52 12h16l12 6 12 10 6 52-13 3-5-32v57H40V51l-5 32-13-3 6-52zM60 20v88M52 12q8 13 16 0M46 70h7M67 70h7',
  scarf: 'M38 24q22-14 44 0 6 9-3 15-19 11-38 0-9-6-3-15zM48 42l-5 48h16l3-45M62 45l8 40h15l-9-44M46 90v7M51 90v7M56 90v7M73 85l1 7M78 85l1 7M83 85l1 7', bag: 'M42 40q0-22 18-22t18 22M34 44q0-6 8-6h36q8 0 8 6v46q0 8-8 8H42q-8 0-8-8zM42 62h36v22H42zM54 62v-6h12v6', purse: 'M44 44q0-22 16-22t16 22M30 44h60l6 44q0 6-6 6H30q-6 0-6-6zM52 56h16',
};
const ns = 'http://www.w3.org/2000/svg';
function draw(name: string) {
  const s = document.createElementNS(ns, 'svg'), p = document.createElementNS(ns, 'path');
  s.setAttribute('viewBox', '0 0 120 112');
  s.setAttribute('aria-hidden', 'true');
  p.setAttribute('d', shapes[name]);
  s.append(p);
  return s;
}
document.getElementById('goods')!.append(...goods.map(([name, price, shape]) => h('li', {}, h('div', { class: `pic ${shape}` }, draw(shape)), h('p', {}, h('span', {}, name), h('b', {}, price)))));

const s = document.createElement('script');
// The address is ours and fixed; only the site's key may be given, for a second shop in one demo.
const policy = (globalThis as { trustedTypes?: { createPolicy(n: string, o: object): { createScriptURL(s: string): string } } }).trustedTypes?.createPolicy('shop', { createScriptURL: (x: string) => x });
s.src = (policy?.createScriptURL('/widget.js') ?? '/widget.js') as string;
s.dataset.site = new URLSearchParams(location.search).get('site') ?? 'demo';
s.dataset.color = '#7a3b2e';
document.body.append(s);
