// The icons the desk uses. The build puts them into one sprite inside index.html, so an icon costs
// no request and no component; the names become a TypeScript type, so a misspelt one does not compile.
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ui = fileURLToPath(new URL('..', import.meta.url));
const lucide = `activity arrow-down arrow-left arrow-right badge-check bell bell-off book-open bot check check-check
chevron-down chevron-right circle-alert circle-help clock command copy corner-up-left credit-card download ear external-link eye
eye-off file-text gauge gavel globe graduation-cap hand heart history hourglass image inbox info keyboard languages layers link loader-circle lock log-out
mail map map-pin message-square mic moon package paperclip pause pencil phone play plug plus quote radio refresh-cw rotate-ccw scale search
send settings shield-check sliders-horizontal smile smartphone sparkles star sticky-note sun thumbs-down thumbs-up timer trash-2 triangle-alert trending-down
trending-up truck undo-2 upload user-round users volume-2 volume-x video wifi-off x zap circle-check circle-x circle-dot`.split(/\s+/);
const brands = ['instagram', 'messenger', 'whatsapp', 'facebook', 'telegram'];

const inner = (svg) => svg.replace(/<!--[\s\S]*?-->/g, '').replace(/<title>.*?<\/title>/, '').replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '').replace(/\s*\n\s*/g, '').trim();

/** sprite returns the <svg> that index.html carries, one <symbol> for each icon. */
export function sprite() {
  const alias = { 'circle-help': 'circle-question-mark' };
  const line = lucide.map((n) => {
    let file = `${ui}node_modules/lucide-static/icons/${n}.svg`;
    if (!existsSync(file)) file = `${ui}node_modules/lucide-static/icons/${alias[n]}.svg`;
    return `<symbol id="i-${n}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner(readFileSync(file, 'utf8'))}</symbol>`;
  });
  const solid = brands.map((n) => `<symbol id="i-${n}" viewBox="0 0 24 24" fill="currentColor">${inner(readFileSync(`${ui}node_modules/simple-icons/icons/${n}.svg`, 'utf8'))}</symbol>`);
  return `<svg width="0" height="0" class="sprite" aria-hidden="true">${line.join('')}${solid.join('')}</svg>`;
}

/** names writes the type of the icon names beside the component that uses it. */
export function names() {
  const file = `${ui}desk/src/parts/icon-names.ts`;
  const text = `// Written by scripts/icons.mjs.\nexport type IconName =\n  | ${[...lucide, ...brands].map((n) => `'${n}'`).join('\n  | ')};\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
