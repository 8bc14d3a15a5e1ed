import { svelteOptions } from './vite.config.mjs';
export default svelteOptions;
