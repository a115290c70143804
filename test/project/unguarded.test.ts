import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

// ARCHITECTURE rule 7a: every listener and timer of the running app goes through `guarded` or `attempt`. What doesn't stands
// here with the reason why it can't throw, so that a new one is seen.

const root = join(import.meta.dirname, '..', '..');
/** The command line ends with its one wish, and clients run in the processes of others. */
const notTheApp = /^src\/(host\/cli|client)\//;
const timers = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);
const registers = new Set(['on', 'once', 'addListener', 'addEventListener']);
/** Names by which a promise is settled, and what `guarded` and `faultsOf` have made. */
const settles = new Set(['resolve', 'reject', 'done']);

const own = 'it calls nothing that is handed to it, and what it does itself does not throw';
const inside = 'what it calls is guarded where it was made';
const known: Record<string, string> = {
  'electron/ipcTransport.ts: destroyed': inside,
  'electron/notifier.ts: close': own,
  'electron/notifier.ts: failed': own,
  'electron/preload.ts: channel': "it is in the page's process, whose listeners tell bugs by themselves",
  'electron/tray.ts: click': inside,
  'electron/utilityPaper.ts: exit': inside,
  'electron/window.ts: maximize': inside,
  'electron/window.ts: move': inside,
  'electron/window.ts: resize': inside,
  'electron/window.ts: unmaximize': inside,
  'electron/window.ts: will-attach-webview': own,
  'src/base/guard.ts: queueMicrotask': 'it hands a bug to the last guard by throwing it',
  'src/host/servers/controlProof.ts: close': own,
  'src/host/servers/controlProof.ts: data': own,
  'src/host/servers/controlProof.ts: error': own,
  'src/host/servers/controlProof.ts: setTimeout': own,
  'src/host/servers/controlSocket.ts: close': own,
  'src/host/servers/controlSocket.ts: connect': own,
  'src/host/bridges/forkPaper.ts: error': inside,
  'src/host/bridges/forkPaper.ts: exit': inside,
  'src/host/machine/lastGuard.ts: uncaughtException': 'it is the last guard',
  'src/host/machine/lastGuard.ts: unhandledRejection': 'it is the last guard',
  'src/host/folder/lastNumber.ts: setTimeout': own,
  'src/host/machine/log.ts: error': own,
  'src/host/runUntilStopped.ts: setTimeout': 'it ends the process',
  'src/host/machine/systemClock.ts: setImmediate': own,
  'src/host/machine/systemClock.ts: setInterval': 'guardedClock stands around it',
  'src/host/machine/systemClock.ts: setTimeout': 'guardedClock stands around it',
  'src/host/servers/sessionEndpoint.ts: data': own,
  'src/host/servers/webServer.ts: error': 'it is there until the port is had or not',
  'src/host/servers/webServer.ts: pipe': own,
  'src/host/servers/webServer.ts: setImmediate': own,
  'src/host/servers/webServer.ts: upgrade': inside,
  'src/host/servers/webSocketTransport.ts: error': own,
  'src/journal/history/historyWorker.ts: message':
    'it answers with what goes wrong; the thread is started again where it ends',
  'src/journal/history/historyWorker.ts: setInterval': 'as above',
  'src/journal/writer/journalConnection.ts: setTimeout': own,
  'src/journal/sqliteJournal.ts: setInterval': 'what it calls tells its failure',
  'src/journal/sqliteJournal.ts: setTimeout': 'what it calls tells its failure',
  'src/host/mt5/compileEa.ts: error': own,
  'src/host/mt5/compileEa.ts: exit': own,
  'src/paper/parentPort.ts: disconnect': own,
  'src/paper/parentPort.ts: message': inside,
  'src/paper/runPaperEa.ts: SIGINT': own,
  'src/paper/runPaperEa.ts: SIGTERM': own,
  'src/zmq/linkPeers.ts: setTimeout': own,
};

it('listeners and timers are guarded, or known to throw nothing', () => {
  const found = [...sources('src'), ...sources('electron')]
    .filter((path) => !notTheApp.test(path))
    .flatMap(unguardedIn);
  expect(found.toSorted()).toEqual(Object.keys(known).toSorted());
});

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function unguardedIn(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const guardedNames = new Set<string>();
  const found = new Set<string>();
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isGuardCall(node.initializer)) {
      guardedNames.add(node.name.getText());
    }
    if (ts.isCallExpression(node)) {
      const registered = registration(node);
      if (registered !== null && !isGuarded(registered.listener, guardedNames))
        found.add(`${path}: ${registered.what}`);
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return [...found];
}

/** What is listened to, and by whom. */
function registration({ expression, arguments: given }: ts.CallExpression): { what: string; listener: ts.Node } | null {
  const [first, second] = given;
  if (ts.isIdentifier(expression) && timers.has(expression.text) && first !== undefined) {
    return { what: expression.text, listener: first };
  }
  const isOn = ts.isPropertyAccessExpression(expression) && registers.has(expression.name.text);
  return isOn && first !== undefined && second !== undefined
    ? { what: first.getText().replaceAll("'", ''), listener: second }
    : null;
}

function isGuardCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^(guarded|faultsOf)$/.test(node.expression.getText());
}

function isGuarded(listener: ts.Node, guardedNames: ReadonlySet<string>): boolean {
  if (isGuardCall(listener)) return true;
  if (ts.isIdentifier(listener)) return settles.has(listener.text) || guardedNames.has(listener.text);
  if (!ts.isArrowFunction(listener)) return false;
  const { body } = listener;
  const parts = ts.isBlock(body) ? body.statements : [body];
  return parts.every((part) => isHarmless(ts.isExpressionStatement(part) ? part.expression : part, guardedNames));
}

/** Guarded itself, or one of the few things that throw nothing. */
function isHarmless(node: ts.Node, guardedNames: ReadonlySet<string>): boolean {
  if (node.getText() === 'undefined') return true;
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression.getText();
  return called === 'attempt' || settles.has(called) || guardedNames.has(called) || called.endsWith('.destroy');
}
