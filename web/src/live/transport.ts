import { hashes } from '../generated/hashes';

/** A subscription of the app, by its operation's name. */
export interface Asked {
  name: string;
  text: string;
  variables: Readonly<Record<string, unknown>>;
}

export interface Listener {
  next: (data: unknown) => void;
  /** It ended and will not come back by itself: `code` says why, when the server said so. */
  over: (code: string | undefined) => void;
}

const payloadOf = (asked: Asked) => {
  const sha256Hash = hashes[asked.name];
  return {
    operationName: asked.name,
    variables: asked.variables,
    ...(sha256Hash && !import.meta.env.DEV ? { extensions: { persistedQuery: { version: 1, sha256Hash } } } : { query: asked.text }),
  };
};

interface Answer {
  data?: unknown;
  errors?: readonly { extensions?: { code?: string } }[];
}

/** What came of a message of the protocol graphql-transport-ws, or of a stream. */
export function handOn(answer: Answer, listener: Listener): void {
  const code = answer.errors?.[0]?.extensions?.code;
  if (answer.errors && answer.errors.length > 0) listener.over(code ?? 'error');
  else if (answer.data !== undefined) listener.next(answer.data);
}

/** One WebSocket for all subscriptions of the page; where none gets through, a stream of events for each. */
export class Transport {
  private socket: WebSocket | undefined;
  private ready = false;
  private failures = 0;
  private streams = false;
  private count = 0;
  private readonly open = new Map<string, { asked: Asked; listener: Listener; stop?: AbortController }>();

  subscribe(asked: Asked, listener: Listener): () => void {
    const id = String((this.count += 1));
    this.open.set(id, { asked, listener });
    if (this.streams) void this.stream(id);
    else if (this.ready) this.send(id);
    else this.connect();
    return () => {
      const one = this.open.get(id);
      this.open.delete(id);
      one?.stop?.abort();
      if (this.ready) this.socket?.send(JSON.stringify({ id, type: 'complete' }));
      if (this.open.size === 0) this.socket?.close();
    };
  }

  private connect(): void {
    if (this.socket) return;
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init' }));
    socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as { id?: string; type: string; payload?: unknown });
    socket.onclose = (event) => this.closed(event.code);
  }

  private hear(message: { id?: string; type: string; payload?: unknown }): void {
    const one = message.id === undefined ? undefined : this.open.get(message.id);
    if (message.type === 'connection_ack') {
      this.ready = true;
      this.failures = 0;
      for (const id of this.open.keys()) this.send(id);
    } else if (message.type === 'ping') this.socket?.send(JSON.stringify({ type: 'pong' }));
    else if (message.type === 'next' && one) handOn(message.payload as Answer, one.listener);
    else if (message.type === 'error' && one) {
      this.open.delete(message.id!);
      handOn({ errors: message.payload as NonNullable<Answer['errors']> }, one.listener);
    } else if (message.type === 'complete' && one) {
      this.open.delete(message.id!);
      one.listener.over(undefined);
    }
  }

  private send(id: string): void {
    const one = this.open.get(id);
    if (one) this.socket?.send(JSON.stringify({ id, type: 'subscribe', payload: payloadOf(one.asked) }));
  }

  private closed(code: number): void {
    const opened = this.ready;
    this.socket = undefined;
    this.ready = false;
    if (this.open.size === 0) return;
    if (code === 4401) {
      for (const one of this.open.values()) one.listener.over('unauthenticated');
      this.open.clear();
      return;
    }
    this.failures += 1;
    if (!opened && this.failures >= 2) {
      this.streams = true;
      for (const id of this.open.keys()) void this.stream(id);
      return;
    }
    setTimeout(() => this.open.size > 0 && this.connect(), Math.min(30_000, 1000 * 2 ** this.failures));
  }

  /** Server-sent events of one subscription, begun again when they break off. */
  private async stream(id: string): Promise<void> {
    for (let pause = 1000; this.open.has(id); pause = Math.min(30_000, pause * 2)) {
      const one = this.open.get(id)!;
      one.stop = new AbortController();
      try {
        const answer = await fetch('/graphql', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
          credentials: 'same-origin',
          body: JSON.stringify(payloadOf(one.asked)),
          signal: one.stop.signal,
        });
        let kept = '';
        const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          const parts = (kept + value).split('\n\n');
          kept = parts.pop() ?? '';
          for (const part of parts) {
            const data = /^data: (.+)$/m.exec(part)?.[1];
            if (/^event: next$/m.test(part) && data) {
              pause = 1000;
              handOn(JSON.parse(data) as Answer, one.listener);
            }
          }
        }
      } catch {
        if (!this.open.has(id)) return;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
