import { NotificationOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useRows } from '../../../api/hooks';
import type { Warning } from '../../../api/incidents';
import { usePreferences, useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago, At } from '../../../ui/time';
import { Colour } from '../Marks';
import { WarningDrawer } from './WarningDrawer';
import { WarningForm } from './WarningForm';
import { WarningState } from './WarningState';

const path = '/api/warnings';

function useColumns(narrow: boolean): Column<Warning>[] {
  const { t } = useWords();
  return useMemo(() => {
    const columns: Column<Warning>[] = [
      { key: 'colour', title: t('incidents.colour'), width: 96, slim: true, render: (one) => <Colour severity={one.severity} /> },
      { key: 'headline', title: t('warnings.headline'), render: (one) => <span className="strong" title={one.headline}>{one.headline}</span> },
      { key: 'event', title: t('warnings.event'), width: 112, only: 'wide', render: (one) => one.event || <span className="faint">–</span> },
      { key: 'regions', title: t('warnings.regions'), width: '16%', only: 'wide', render: (one) => { const names = one.regionNames.join(t('list.and')) || one.areas; return <span title={names}>{names || <span className="faint">–</span>}</span>; } },
      { key: 'sender', title: t('warnings.sender'), width: '14%', only: 'wide', render: (one) => <span title={one.senderName}>{one.own && <><span className="tag">{t('warnings.own')}</span> </>}{one.senderName}</span> },
      { key: 'state', title: t('state'), width: 96, only: 'wide', render: (one) => <WarningState warning={one} /> },
      { key: 'sent', title: t('warnings.sent'), width: 96, right: true, only: 'wide', render: (one) => <Ago at={one.sent} /> },
      { key: 'to', title: t('warnings.to'), width: 112, right: true, render: (one) => <At at={one.to} shape="minute" /> },
    ];
    return columns.filter((column) => !narrow || ['colour', 'headline', 'state', 'to'].includes(column.key));
  }, [t, narrow]);
}

/** The public warnings that hold, and those that did: our own, and what others issued. */
export function Warnings() {
  const { t } = useWords();
  const { can, system } = useSession();
  const { exercise, change } = usePreferences();
  const { open, opened } = useOpen();
  const [view, setView] = useUrl('view', 'now');
  const [from, setFrom] = useUrl('from');
  const [issuing, issue] = useState(false);
  const id = opened('warning');
  const query = { over: view === 'over', own: from === '' ? undefined : from === 'own', exercise: exercise ? true : undefined };
  const columns = useColumns(id !== null);
  const all = useRows<Warning>(path, { exercise: query.exercise }, { refetch: 30_000, enabled: id !== null, limit: 1000 });
  const chosen = all.items.find((one) => one.id === id);
  const button = can('configure') && <Button type="primary" icon={<NotificationOutlined />} onClick={() => { issue(true); }} data-testid="warning-issue">{t('warnings.issue')}</Button>;
  // What was issued is shown, also where it is an exercise and real life was looked at.
  const issued = (made: Warning) => { issue(false); change({ exercise: made.exercise }); open('warning', made.id); };
  return (
    <>
      <div className="row wrap">
        <Segmented value={view} onChange={(value: string) => { setView(value); }} options={(['now', 'over'] as const).map((one) => ({ value: one as string, label: <span data-testid={`warnings-${one}`}>{t(`warnings.view.${one}`)}</span> }))} />
        <Select value={from} onChange={(value: string) => { setFrom(value); }} options={[{ value: '', label: t('filter.of', { name: t('warnings.sender'), value: t('all') }) }, { value: 'own', label: t('warnings.own') }, { value: 'taken', label: t('warnings.taken') }]} style={{ width: 152 }} aria-label={t('warnings.sender')} />
        <a className="small" href="/cap/index.atom" target="_blank" rel="noreferrer" title={t(system.publicWarnings === true ? 'warnings.cap.public' : 'warnings.cap.signed')} data-testid="warnings-index">{t('warnings.index')}</a>
        <span className="quiet small">{t(system.publicWarnings === true ? 'ways.public' : 'ways.signed')}</span>
        <span className="grow" />{button}
      </div>
      <ListOf<Warning>
        path={path} query={query} columns={columns} keyOf={(one) => one.id} testId="warnings" label={t('warnings.title')} refetch={30_000} chosen={id} onPick={(one) => { open('warning', one.id); }} filtered={from !== ''} onClear={() => { setFrom(null); }}
        empty={view === 'over' ? { title: t('warnings.none.over'), help: t('warnings.none.over.help') } : { title: t('warnings.none'), help: t('warnings.none.help') }}
      />
      {issuing && <WarningForm onClose={() => { issue(false); }} onIssued={issued} />}
      {chosen !== undefined && <WarningDrawer key={chosen.id} warning={chosen} onClose={() => { open('warning', null); }} onIssued={issued} />}
    </>
  );
}
