import './style.css';
import { mount } from 'svelte';
import './state/prefs.svelte';
import { lang } from './words/index.svelte';
import { session } from './state/session.svelte';
import App from './App.svelte';

// Who is signed in is asked while the words are on their way; the browser's language serves until the
// server has said whose desk it is.
const words = lang.use(navigator.language.startsWith('en') ? 'en' : 'pl');
const start = session.start(words);
await words;
mount(App, { target: document.getElementById('app')! });
start.catch(() => setTimeout(() => location.reload(), 3000));
