import { AlertOutlined, AppstoreOutlined, ContactsOutlined, FireOutlined, InboxOutlined, ApartmentOutlined, BlockOutlined, DashboardOutlined, FileDoneOutlined, FundOutlined, MenuFoldOutlined, MenuUnfoldOutlined, PartitionOutlined, QrcodeOutlined, ReconciliationOutlined, SettingOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { useRows } from '../api/hooks';
import type { Prefix } from '../api/identifiers';
import type { Alarm, Case } from '../api/types';
import { usePreferences, useWords } from '../context/preferences';
import { useScoped } from '../context/scope';
import { useSession } from '../context/session';
import { waitingCount } from '../features/identifiers/prefixes/prefix';
import { useIncidentTypes } from '../features/reports/useTypes';
import type { Key } from '../i18n/words';
import { bandIcon, Logo } from '../ui/icons';

interface Entry { to: string; key: Key & `nav.${string}`; icon: ReactNode; count?: ReactNode }

function useCounts() {
  const alarms = useRows<Alarm>('/api/alarms', useScoped({ state: 'open' }));
  const mine = useRows<Case>('/api/cases', useScoped({ open: true, mine: true }));
  const applications = useRows<Prefix>('/api/prefixes', { state: 'applied' });
  const urgent = alarms.items.some((alarm) => alarm.severity === 'red' && alarm.state === 'raised');
  const text = (count: number, more: boolean) => (count === 0 ? null : `${count}${more ? '+' : ''}`);
  return { alarms: text(alarms.items.length, alarms.more), urgent, mine: text(mine.items.length, mine.more), applications: text(waitingCount(applications.items), false) };
}

export function Rail({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  const { narrowRail, change } = usePreferences();
  const { can } = useSession();
  const counts = useCounts();
  const incidents = useIncidentTypes().length > 0;
  const entries: Entry[] = [
    { to: '/', key: 'nav.overview', icon: <DashboardOutlined /> },
    ...(incidents ? [{ to: '/incidents', key: 'nav.incidents', icon: <FireOutlined /> }, { to: '/reports', key: 'nav.reports', icon: <InboxOutlined /> }] satisfies Entry[] : []),
    { to: '/boards', key: 'nav.boards', icon: <AppstoreOutlined /> },
    { to: '/things', key: 'nav.things', icon: <ApartmentOutlined /> },
    { to: '/alarms', key: 'nav.alarms', icon: <AlertOutlined />, count: counts.alarms !== null && <span className={counts.urgent ? 'mark urgent' : 'mark'}>{counts.urgent && <i className="mark tone-red">{bandIcon.red}</i>}{counts.alarms}</span> },
    { to: '/cases', key: 'nav.cases', icon: <FileDoneOutlined />, count: counts.mine },
    { to: '/duty', key: 'nav.duty', icon: <ContactsOutlined /> },
    { to: '/indicators', key: 'nav.indicators', icon: <FundOutlined /> },
    { to: '/rules', key: 'nav.rules', icon: <PartitionOutlined /> },
    { to: '/identifiers', key: 'nav.identifiers', icon: <QrcodeOutlined />, count: counts.applications },
    { to: '/packs', key: 'nav.packs', icon: <BlockOutlined /> },
    { to: '/accounting', key: 'nav.accounting', icon: <ReconciliationOutlined /> },
  ];
  if (can('administer')) entries.push({ to: '/admin', key: 'nav.admin', icon: <SettingOutlined /> });
  return (
    <>
      {open && <button type="button" className="veil" aria-label={t('close')} onClick={onClose} />}
      <aside className={open ? 'rail open' : 'rail'}>
        <Link to="/" className="brand"><Logo /><span className="word">{t('product')}</span></Link>
        <nav aria-label={t('nav')}>
          {entries.map((entry) => (
            <NavLink key={entry.to} to={entry.to} end={entry.to === '/'} className={({ isActive }) => (isActive ? 'entry active' : 'entry')} title={t(entry.key)} onClick={onClose} data-testid={entry.key.replace('.', '-')}>
              {entry.icon}<span className="word">{t(entry.key)}</span>{entry.count && <span className="count">{entry.count}</span>}
            </NavLink>
          ))}
        </nav>
        <div className="foot">
          <button type="button" className="entry" onClick={() => { change({ narrowRail: !narrowRail }); }} title={t(narrowRail ? 'nav.expand' : 'nav.collapse')} data-testid="rail-toggle">
            {narrowRail ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}<span className="word">{t('nav.collapse')}</span>
          </button>
        </div>
      </aside>
    </>
  );
}
