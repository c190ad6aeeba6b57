import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { toProblem } from './api/problem';
import { App } from './App';
import { PreferencesProvider } from './context/preferences';
import './styles/base.css';
import './styles/shell.css';
import './styles/table.css';
import './styles/widgets.css';
import './styles/calendar.css';
import './styles/cases.css';
import './styles/incidents.css';
import './styles/identifiers.css';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      retry: (count, error) => { const { status } = toProblem(error); return count < 2 && (status === 0 || status === 503); },
    },
  },
});

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <PreferencesProvider>
          <BrowserRouter><App /></BrowserRouter>
        </PreferencesProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
