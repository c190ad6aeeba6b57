import { Button, Segmented } from 'antd';
import { post, segment } from '../../api/client';
import type { Delivery } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { known } from '../../i18n/translate';
import { CsvButton, ListOf } from '../../ui/list';
import type { Column } from '../../ui/table';
import { Ago } from '../../ui/time';
import { useChange } from '../access/useChange';

const path = '/api/deliveries';
const states = ['waiting', 'delivered', 'dead'] as const;

/** What left the platform, and what did not. */
export function Deliveries() {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const [state, setState] = useUrl('state');
  const kind = (text: string) => { const key = `notifications.kind.${text}`; return known(key) ? t(key) : text; };
  const columns: Column<Delivery>[] = [
    { key: 'target', title: t('deliveries.target'), width: '18%', render: (item) => <span>{item.targetName} <span className="quiet">{t(item.channel === 'mail' ? 'notify.mail' : 'notifications.webhooks')}</span></span> },
    { key: 'kind', title: t('notifications.kind'), width: 112, only: 'wide', render: (item) => kind(item.kind) },
    { key: 'state', title: t('state'), width: 88, render: (item) => t(`deliveries.state.${item.state}`) },
    { key: 'attempts', title: t('deliveries.attempts'), width: 88, right: true, only: 'wide', render: (item) => item.attempts },
    { key: 'error', title: t('deliveries.error'), only: 'wide', render: (item) => <span title={item.error ?? ''}>{item.error ?? '–'}</span> },
    { key: 'next', title: t('deliveries.next'), width: 112, right: true, only: 'xwide', render: (item) => <Ago at={item.nextAt} /> },
    { key: 'at', title: t('created'), width: 104, right: true, render: (item) => <Ago at={item.createdAt} /> },
    { key: 'act', title: '', width: 128, right: true, render: (item) => item.state === 'dead' && <Button size="small" disabled={busy} onClick={() => void change(() => post(`${path}/${segment(item.id)}/replay`))} data-testid="delivery-replay">{t('deliveries.replay')}</Button> },
  ];
  return (
    <>
      <div className="row wrap">
        <Segmented value={state} onChange={(value: string) => { setState(value); }} options={[{ value: '', label: t('all') }, ...states.map((one) => ({ value: one, label: t(`deliveries.state.${one}`) }))]} />
        <span className="grow" /><CsvButton path={path} query={{ state }} />
      </div>
      <ListOf<Delivery> path={path} query={{ state }} columns={columns} keyOf={(item) => item.id} testId="deliveries" label={t('notifications.deliveries')} refetch={5000} filtered={state !== ''} onClear={() => { setState(null); }} empty={{ title: t('deliveries.empty'), help: t('deliveries.empty.help') }} />
    </>
  );
}
