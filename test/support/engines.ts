import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { run, type Finished, type Serving } from './processes.ts';
import { python } from './pythonPeer.ts';
import { until } from './until.ts';

type Reply = Record<string, unknown> & { type: string; signal_id: string };

/** An engine in a process of its own, written in Python. */
export interface PythonEngine {
  child: ChildProcess;
  send: (request: Record<string, unknown> | string) => void;
  replies: Reply[];
  /** Waits for so many replies. */
  waitForReplies: (count: number) => Promise<Reply[]>;
  end: () => Promise<void>;
}

export function startPythonEngine(endpoint: string, kind: 'dealer' | 'req'): PythonEngine {
  if (python === null) throw new Error('There is no Python with pyzmq.');
  const child = spawn(python, [join(import.meta.dirname, '..', 'peers', 'engine.py'), endpoint, kind], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const replies: Reply[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    replies.push(...lines.map((line) => JSON.parse(line) as Reply));
  });
  return {
    child,
    replies,
    send: (request) => child.stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`),
    waitForReplies: async (count) => {
      await until(() => replies.length >= count, `${String(count)} replies`);
      return replies;
    },
    end: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Adds an engine over the command line. @returns its token */
export async function addEngine(serving: Serving, name: string, ...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await serving.cli('--json', 'engines', 'add', name, ...flags);
  if (code !== 0) throw new Error(`engines add: ${stderr}${stdout}`);
  return (JSON.parse(stdout) as { token: string }).token;
}

/** A program that publishes signals, in a process of its own, written in Python. */
export interface PythonFeed {
  address: string;
  /** Once the desk has subscribed. */
  subscribed: () => Promise<void>;
  /** One message. */
  publish: (message: string) => void;
  end: () => Promise<Finished>;
}

export async function startPythonFeed(): Promise<PythonFeed> {
  const feed = run(['test/peers/feed.py', 'tcp://127.0.0.1:*'], { program: python ?? '', stdin: 'pipe' });
  await until(() => feed.output.stdout.includes('\n'), 'the feed is bound');
  return {
    address: feed.output.stdout.split('\n')[0] ?? '',
    subscribed: async () => {
      await until(() => feed.output.stdout.includes('subscribed'), 'the app has subscribed');
    },
    publish: (message) => feed.child.stdin?.write(`${message}\n`),
    end: () => feed.end('SIGKILL'),
  };
}
