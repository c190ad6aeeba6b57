import type { ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Page } from '../../ui/page';
import { Sections } from '../../ui/sections';
import { Deliveries } from './Deliveries';
import { Mine } from './Mine';
import { Rotas } from './Rotas';
import { Sent } from './Sent';
import { Settings } from './Settings';
import { Webhooks } from './Webhooks';

const sections = { mine: Mine, sent: Sent, rotas: Rotas, settings: Settings, webhooks: Webhooks, deliveries: Deliveries } satisfies Record<string, ComponentType>;
type Section = keyof typeof sections;
const needs = { mine: 'view', sent: 'operate', rotas: 'view', settings: 'view', webhooks: 'administer', deliveries: 'administer' } as const satisfies Record<Section, string>;

export default function NotificationsPage() {
  const { t } = useWords();
  const { can } = useSession();
  const navigate = useNavigate();
  const { section } = useParams();
  const names = (Object.keys(sections) as Section[]).filter((name) => can(needs[name]));
  const chosen = names.find((name) => name === section) ?? 'mine';
  const Shown = sections[chosen];
  return (
    <Page title={t('notifications.title')} testId="page-notifications" fixed={chosen !== 'settings'} beside={<Sections names={names} chosen={chosen} word={(name) => t(`notifications.${name}`)} onChoose={(name) => void navigate(`/notifications/${name}`)} testId="notifications" />}>
      <Shown />
    </Page>
  );
}
