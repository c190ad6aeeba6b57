import { App as AntApp, ConfigProvider } from 'antd';
import english from 'antd/locale/en_US';
import chinese from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { Route, Routes } from 'react-router';
import { usePreferences } from './context/preferences';
import { useSession } from './context/session';
import { LiveProvider } from './live/provider';
import { Shell } from './shell/Shell';
import { Missing } from './shell/Missing';
import { antdTheme } from './theme/antd';

const page = {
  Overview: lazy(() => import('./features/console/OverviewPage')),
  Boards: lazy(() => import('./features/console/BoardsPage')),
  Wall: lazy(() => import('./features/console/WallPage')),
  Things: lazy(() => import('./features/directory/ThingsPage')),
  Thing: lazy(() => import('./features/directory/ThingPage')),
  Imports: lazy(() => import('./features/directory/edits/ImportsPage')),
  Alarms: lazy(() => import('./features/alarms/AlarmsPage')),
  Cases: lazy(() => import('./features/cases/CasesPage')),
  Incidents: lazy(() => import('./features/reports/incidents/IncidentsPage')),
  Incident: lazy(() => import('./features/reports/incidents/IncidentPage')),
  Reports: lazy(() => import('./features/reports/intake/ReportsPage')),
  ReportForm: lazy(() => import('./features/reports/intake/ReportFormPage')),
  Duty: lazy(() => import('./features/duty/DutyPage')),
  CasePrint: lazy(() => import('./features/cases/CasePrint')),
  Indicators: lazy(() => import('./features/indicators/IndicatorsPage')),
  Rules: lazy(() => import('./features/rules/RulesPage')),
  Identifiers: lazy(() => import('./features/identifiers/IdentifiersPage')),
  Packs: lazy(() => import('./features/packs/PacksPage')),
  Accounting: lazy(() => import('./features/telemetry/AccountingPage')),
  Notifications: lazy(() => import('./features/notifications/NotificationsPage')),
  Admin: lazy(() => import('./features/access/AdminPage')),
};

/** All that a signed-in person sees. */
export default function Inside() {
  const { mode, language, belongTo } = usePreferences();
  const { me } = useSession();
  const theme = useMemo(() => antdTheme(mode), [mode]);
  useEffect(() => { belongTo(me.id); }, [belongTo, me.id]);
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? chinese : english} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>
        <LiveProvider>
          <Routes>
            <Route path="/wall/:view" element={<Suspense fallback={null}><page.Wall /></Suspense>} />
            <Route path="/cases/:id/print" element={<Suspense fallback={null}><page.CasePrint /></Suspense>} />
            <Route element={<Shell />}>
              <Route index element={<page.Overview />} />
              <Route path="/boards/:view?" element={<page.Boards />} />
              <Route path="/things" element={<page.Things />} />
              <Route path="/things/:id" element={<page.Thing />} />
              <Route path="/imports" element={<page.Imports />} />
              <Route path="/alarms" element={<page.Alarms />} />
              <Route path="/cases" element={<page.Cases />} />
              {['/incidents', ...['map', 'warnings', 'heat', 'drills'].map((section) => `/incidents/${section}`)].map((path) => <Route key={path} path={path} element={<page.Incidents />} />)}
              <Route path="/incidents/:id" element={<page.Incident />} />
              <Route path="/reports" element={<page.Reports />} />
              <Route path="/reports/feeds" element={<page.Reports />} />
              <Route path="/reports/new" element={<page.ReportForm />} />
              <Route path="/duty" element={<page.Duty />} />
              <Route path="/indicators/:section?" element={<page.Indicators />} />
              <Route path="/rules/:section?" element={<page.Rules />} />
              <Route path="/identifiers/:section?" element={<page.Identifiers />} />
              <Route path="/packs/:id?" element={<page.Packs />} />
              <Route path="/accounting" element={<page.Accounting />} />
              <Route path="/notifications/:section?" element={<page.Notifications />} />
              <Route path="/admin/:section?" element={<page.Admin />} />
              <Route path="*" element={<Missing />} />
            </Route>
          </Routes>
        </LiveProvider>
      </AntApp>
    </ConfigProvider>
  );
}
