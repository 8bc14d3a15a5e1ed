import './style.css';
import { mount } from 'svelte';
import './state/prefs.svelte';
import { lang } from './words/index.svelte';
import { session } from './state/session.svelte';
import App from './App.svelte';

// The language of the browser until the server has said whose desk it is.
await lang.use(navigator.language.startsWith('en') ? 'en' : 'pl');
mount(App, { target: document.getElementById('app')! });
session.start().catch(() => setTimeout(() => location.reload(), 3000));
