import { lazy, Suspense } from 'react';
import { useOpen, type Openable } from '../ui/open';

const drawers = {
  alarm: lazy(() => import('../features/alarms/AlarmDrawer').then((module) => ({ default: module.AlarmDrawer }))),
  case: lazy(() => import('../features/cases/CaseDrawer').then((module) => ({ default: module.CaseDrawer }))),
  incident: lazy(() => import('../features/reports/incidents/IncidentDrawer').then((module) => ({ default: module.IncidentDrawer }))),
  report: lazy(() => import('../features/reports/report/ReportDrawer').then((module) => ({ default: module.ReportDrawer }))),
  handover: lazy(() => import('../features/duty/HandoverDrawer').then((module) => ({ default: module.HandoverDrawer }))),
  why: lazy(() => import('../features/indicators/LineageDrawer').then((module) => ({ default: module.LineageDrawer }))),
  signoff: lazy(() => import('../features/indicators/signoffs/SignOffDrawer').then((module) => ({ default: module.SignOffDrawer }))),
  thing: lazy(() => import('../features/directory/ThingDrawer').then((module) => ({ default: module.ThingDrawer }))),
  rule: lazy(() => import('../features/rules/RuleDrawer').then((module) => ({ default: module.RuleDrawer }))),
  held: lazy(() => import('../features/rules/suppressing/SuppressionDrawer').then((module) => ({ default: module.SuppressionDrawer }))),
  prefix: lazy(() => import('../features/identifiers/prefixes/PrefixDrawer').then((module) => ({ default: module.PrefixDrawer }))),
  identifier: lazy(() => import('../features/identifiers/values/IdentifierDrawer').then((module) => ({ default: module.IdentifierDrawer }))),
  agreement: lazy(() => import('../features/identifiers/agreements/AgreementDrawer').then((module) => ({ default: module.AgreementDrawer }))),
  event: lazy(() => import('../features/trace/EventDrawer').then((module) => ({ default: module.EventDrawer }))),
} satisfies Partial<Record<Openable, unknown>>;

/** What the address says stands open, beside whatever page it is. */
export function Drawers() {
  const { open, opened } = useOpen();
  return Object.entries(drawers).map(([name, One]) => {
    const kind = name as keyof typeof drawers;
    const id = opened(kind);
    return id === null ? null : <Suspense key={kind} fallback={null}><One key={id} id={id} onClose={() => { open(kind, null); }} /></Suspense>;
  });
}
