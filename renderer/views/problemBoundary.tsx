import { Component, type ErrorInfo, type ReactElement, type ReactNode } from 'react';
import { reportProblem } from '../store/unwaited.ts';
import { Button } from '../ui/button.tsx';

/** Shows words in place of a view that throws, and reports the error to the app's log. */
export class ProblemBoundary extends Component<{ children: ReactNode }, { problem: Error | null }> {
  override state: { problem: Error | null } = { problem: null };

  static getDerivedStateFromError(error: unknown): { problem: Error } {
    return { problem: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    reportProblem(error, componentStack ?? '');
  }

  override render(): ReactNode {
    const { problem } = this.state;
    return problem === null ? this.props.children : <Problem problem={problem} />;
  }
}

function Problem({ problem }: { problem: Error }): ReactElement {
  return (
    <main role="alert" className="mx-auto flex h-full max-w-xl flex-col justify-center gap-3 overflow-y-auto p-8">
      <h1 className="text-xl font-semibold">This window could not go on</h1>
      <p>
        The desk itself is not touched: it goes on receiving results and watching the limits, and what is armed stays
        armed. Reload the window to see it again. To stop all trading without it, run <code>npx bitten-desk kill</code>.
      </p>
      <p className="font-mono text-sm break-words text-muted">{problem.message}</p>
      <div>
        <Button
          kind="primary"
          autoFocus
          onClick={() => {
            globalThis.location.reload();
          }}
        >
          Reload
        </Button>
      </div>
    </main>
  );
}
