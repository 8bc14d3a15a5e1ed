// The shop's page of the demo, with the real widget on it, loaded as any shop would.
import './shop.css';
import { h } from '../shared/dom';

const goods: [string, string, string][] = [['Kurtka zimowa Tatra', '249,98 zł', 'coat'], ['Sukienka midi Lena', '189,99 zł', 'dress'], ['Płaszcz Mokotów', '399,00 zł', 'long'], ['Szalik wełniany', '79,99 zł', 'scarf'], ['Plecak miejski', '219,99 zł', 'bag'], ['Torebka Sopot', '279,00 zł', 'purse']];
const shapes: Record<string, string> = {
  coat: 'M38 22 50 16h20l12 6 16 12-6 26-8-2v42H36V58l-8 2-6-26zM60 18v82M50 16q10 10 20 0', dress: 'M48 14v8l-6 10 4 16-14 52h56L74 48l4-16-6-10v-8M48 22q12 12 24 0M46 48h28', long: 'M40 18 52 12h16l12 6 12 14-5 24-7-2v54H40V54l-7 2-5-24zM60 16v92M52 12q8 12 16 0M48 66h6M66 66h6',
  scarf: 'M40 26q20-14 40 0 6 8-2 14-18 12-36 0-8-6-2-14zM66 42l6 50-14 2-2-46M60 88l-1 8M66 88l1 8', bag: 'M42 40q0-22 18-22t18 22M34 44q0-6 8-6h36q8 0 8 6v46q0 8-8 8H42q-8 0-8-8zM42 62h36v22H42zM54 62v-6h12v6', purse: 'M44 44q0-22 16-22t16 22M30 44h60l6 44q0 6-6 6H30q-6 0-6-6zM52 56h16',
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
