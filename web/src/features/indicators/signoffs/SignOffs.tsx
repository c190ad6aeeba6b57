import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRows } from '../../../api/hooks';
import type { Indicator, SignOff } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { usePartyName } from '../../directory/names';
import { NewSignOff } from './NewSignOff';
import { periodText } from './period';

const path = '/api/indicators/sign-offs';
const nothing = {};

/** What an indicator is called, or that all are meant. */
export function useIndicatorName(): (id: string | null) => string {
  const { t, label } = useWords();
  const known = useRows<Indicator>('/api/indicators', nothing, { limit: 1000 });
  return (id) => (id === null ? t('signoffs.indicators.all') : label(known.items.find((item) => item.indicator === id)?.name) || id);
}

/** The periods whose figures stay as they were reported. */
export function SignOffs() {
  const { t } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const party = usePartyName();
  const indicator = useIndicatorName();
  const [creating, setCreating] = useUrl('create');
  const columns: Column<SignOff>[] = [
    { key: 'period', title: t('signoffs.period'), render: (one) => <span className="strong">{periodText(one)}</span> },
    { key: 'party', title: t('party'), width: '18%', render: (one) => party(one.party) },
    { key: 'indicator', title: t('indicators.indicator'), only: 'wide', render: (one) => indicator(one.indicator) },
    { key: 'state', title: t('state'), width: 104, render: (one) => (one.withdrawnAt === null ? t('indicators.signedOff') : <span className="quiet">{t('signoffs.withdrawn')}</span>) },
    { key: 'by', title: t('signoffs.by'), width: '12%', only: 'wide', render: (one) => one.byName },
    { key: 'at', title: t('time'), width: 120, right: true, only: 'wide', render: (one) => <Ago at={one.at} /> },
  ];
  const create = can('administer') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating('yes'); }} data-testid="signoff-create">{t('signoffs.create')}</Button>;
  return (
    <>
      <div className="row wrap"><span className="grow" /><CsvButton path={path} query={nothing} />{create}</div>
      <ListOf<SignOff> path={path} query={nothing} columns={columns} keyOf={(one) => String(one.id)} testId="signoffs" label={t('indicators.section.sign-offs')} chosen={opened('signoff')} onPick={(one) => { open('signoff', String(one.id)); }} empty={{ title: t('signoffs.empty'), help: t('signoffs.empty.help'), action: create }} />
      {creating !== '' && <NewSignOff onClose={() => { setCreating(null); }} />}
    </>
  );
}
