import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import type { Agreement } from '../../../api/agreements';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { number } from '../../../format/numbers';
import { CsvButton } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Table, type Column } from '../../../ui/table';
import { Ago, At } from '../../../ui/time';
import { Empty, Waiting } from '../../../ui/waiting';
import { inTurn, isIn, states, views, type View } from './agreement';
import { AgreementState } from './AgreementState';
import { Propose } from './Propose';
import { agreementsPath, useAgreements, useMine } from './useAgreements';
import { useAgreementWords } from './words';

function useColumns(): Column<Agreement>[] {
  const { t } = useWords();
  const words = useAgreementWords();
  return useMemo(() => [
    { key: 'state', title: t('state'), width: 108, slim: true, render: (one) => <AgreementState state={one.state} /> },
    { key: 'parties', title: t('agreement.parties'), render: (one) => <span title={t('agreement.shows', { from: one.from.name, to: one.to.name })}><span className="strong">{one.from.name}</span> <span className="faint">→</span> <span className="strong">{one.to.name}</span></span> },
    { key: 'products', title: t('agreement.products'), width: '18%', only: 'wide', render: (one) => <span title={one.products.join('\n')}>{words.products(one)}</span> },
    { key: 'fields', title: t('agreement.fields'), width: '18%', only: 'xwide', render: (one) => words.fields(one) },
    { key: 'purpose', title: t('agreement.purpose'), only: 'xwide', render: (one) => <span title={one.purpose}>{one.purpose}</span> },
    { key: 'until', title: t('agreement.until'), width: 104, right: true, render: (one) => <At at={one.until} shape="date" /> },
    { key: 'changed', title: t('agreement.changed'), width: 112, right: true, only: 'xwide', render: (one) => <Ago at={one.changed} /> },
  ], [t, words]);
}

function Rows({ agreements, narrow, none, onClear, action }: { agreements: Agreement[]; narrow: boolean; none: string; onClear: () => void; action: React.ReactNode }) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const columns = useColumns();
  if (agreements.length === 0) {
    return (
      <div className="table-box" data-testid="agreements">
        {narrow ? <Empty title={none} action={<Button onClick={onClear}>{t('filter.clear')}</Button>} /> : <Empty title={t('agreement.empty')} help={t('agreement.empty.help')} action={action} />}
      </div>
    );
  }
  return (
    <>
      <Table rows={agreements} columns={columns} keyOf={(one) => one.id} testId="agreements" label={t('identifiers.agreements')} chosen={opened('agreement')} onPick={(one) => { open('agreement', one.id); }} />
      <div className="table-foot"><span>{t('rows', { count: agreements.length })}</span></div>
    </>
  );
}

/** Who shows whom what until when; what waits for who looks stands first. */
export function Agreements() {
  const { t, language } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const [view, setView] = useUrl('show', 'all');
  const [state, setState] = useUrl('state');
  const [making, make] = useUrl('create');
  const mine = useMine();
  const all = useAgreements();
  const shown: View = views.find((one) => one === view) ?? 'all';
  const countOf = (one: View) => (all.data ?? []).filter((each) => isIn(one, each, mine)).length;
  const rows = useMemo(() => inTurn((all.data ?? []).filter((one) => isIn(shown, one, mine) && (state === '' || one.state === state))), [all.data, shown, mine, state]);
  const buttons = (
    <span className="row">
      {can('operate') && <Button onClick={() => { make('ask'); }} data-testid="agreement-ask">{t('agreement.ask')}</Button>}
      {can('administer') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { make('show'); }} data-testid="agreement-show">{t('agreement.show')}</Button>}
    </span>
  );
  return (
    <>
      <div className="row wrap">
        <Segmented value={shown} onChange={(value) => { setView(value); }} options={views.map((one) => ({ value: one, label: <span data-testid={`agreements-${one}`}>{t(`agreement.view.${one}`)}{all.data !== undefined && <span className="faint"> {number(countOf(one), language)}</span>}</span> }))} />
        <Select value={state} onChange={(value: string) => { setState(value); }} options={[{ value: '', label: t('filter.of', { name: t('state'), value: t('all') }) }, ...states.map((one) => ({ value: one as string, label: t(`agreement.state.${one}`) }))]} style={{ width: 144 }} aria-label={t('state')} data-testid="agreement-filter" />
        <span className="grow" />
        <CsvButton path={agreementsPath} query={{ state }} />{buttons}
      </div>
      {all.error !== null && all.data === undefined ? <div className="table-box"><ProblemView error={all.error} retry={() => void all.refetch()} /></div>
        : all.data === undefined ? <div className="table-box"><Waiting rows={10} /></div>
          : <Rows agreements={rows} narrow={all.data.length > 0} none={t(shown === 'waiting' && state === '' ? 'agreement.waiting.none' : 'filter.none')} onClear={() => { setView(null); setState(null); }} action={buttons} />}
      {(making === 'ask' || making === 'show') && <Propose key={making} way={making} onClose={() => { make(null); }} onMade={(made) => { open('agreement', made.id); }} />}
    </>
  );
}
