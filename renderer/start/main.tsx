import '../configureZod.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { electronTransport } from '../transport/electronTransport.ts';
import { PortPage } from './portPage.tsx';
import '../styles.css';

// The page of the small window that asks for another port before there is a desk. The desktop app alone opens it.

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
const { bittenDesk } = globalThis;
createRoot(root).render(
  <StrictMode>
    {bittenDesk === undefined ? (
      <p className="p-8">This page belongs to the desktop app.</p>
    ) : (
      <PortPage transport={electronTransport(bittenDesk)} />
    )}
  </StrictMode>,
);
