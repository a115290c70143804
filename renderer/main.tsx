import './configureZod.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, view } from './app.tsx';
import { tellNotices } from './attention/tellNotices.ts';
import { followOtherTickets } from './views/ticket/form/ticketStore.ts';
import { keepConnected } from './store/connection.ts';
import { followAddress } from './store/followAddress.ts';
import { ProblemBoundary } from './views/problemBoundary.tsx';
import './styles.css';
import { tellProblem, unwaited } from './store/unwaited.ts';

// Reports errors that nothing else has caught, such as a bug in a click handler.
globalThis.addEventListener('error', ({ error }) => {
  // Chromium also reports a late ResizeObserver here, without an error.
  if (error instanceof Error) tellProblem(error);
});
globalThis.addEventListener('unhandledrejection', ({ reason }) => {
  tellProblem(reason);
});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(
  <StrictMode>
    <ProblemBoundary>
      <App />
    </ProblemBoundary>
  </StrictMode>,
);
if (view === 'desk') {
  followAddress();
  tellNotices();
}
followOtherTickets();
unwaited(keepConnected());
