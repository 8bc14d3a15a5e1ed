// One stream for all tabs of a browser: over HTTP/1.1 a stream per tab would use up the connections.
import { stream, type Event } from '../../shared/sse';

type Port = { postMessage: (m: unknown) => void };
const ports = new Set<Port>();
let open: ReturnType<typeof stream> | null = null;
let state = 'down';
const say = (m: unknown) => ports.forEach((p) => p.postMessage(m));

function start() {
  open ??= stream({
    url: '/api/events',
    on: (e: Event) => say({ e }),
    state: (s) => { state = s; say({ state: s }); },
  });
}

(self as unknown as { onconnect: (e: MessageEvent) => void }).onconnect = (c) => {
  const port = c.ports[0];
  ports.add(port);
  port.onmessage = (m: MessageEvent<string>) => {
    if (m.data === 'bye') ports.delete(port);
    else if (m.data === 'kick') open?.kick();
    if (!ports.size) { open?.close(); open = null; state = 'down'; }
  };
  start();
  port.postMessage({ state, joined: true });
};
