import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import type { Agreement } from '../../../api/agreements';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { number } from '../../../format/numbers';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago, At } from '../../../ui/time';
import { queryOf, states, views, type View } from './agreement';
import { AgreementState } from './AgreementState';
import { Propose } from './Propose';
import { agreementsPath, useAgreementCounts, useOwn } from './useAgreements';
import { useAgreementWords } from './words';

function useColumns(): Column<Agreement>[] {
  const { t } = useWords();
  const words = useAgreementWords();
  return useMemo(() => [
    { key: 'state', title: t('state'), width: 108, slim: true, render: (one) => <AgreementState state={one.state} /> },
    { key: 'parties', title: t('agreement.parties'), render: (one) => <span className="who-whom" title={t('agreement.shows', { from: one.from.name, to: one.to.name })}><span className="strong clip">{one.from.name}</span> <span className="faint">→</span> <span className="strong clip">{one.to.name}</span></span> },
    { key: 'products', title: t('agreement.products'), width: '18%', only: 'wide', render: (one) => <span title={one.products.join('\n')}>{words.products(one)}</span> },
    { key: 'fields', title: t('agreement.fields'), width: '18%', only: 'xwide', render: (one) => words.fields(one) },
    { key: 'purpose', title: t('agreement.purpose'), only: 'xwide', render: (one) => <span title={one.purpose}>{one.purpose}</span> },
    { key: 'until', title: t('agreement.until'), width: 104, right: true, render: (one) => <At at={one.until} shape="date" /> },
    { key: 'changed', title: t('agreement.changed'), width: 112, right: true, only: 'xwide', render: (one) => <Ago at={one.changed} /> },
  ], [t, words]);
}

/** Who shows whom what until when; what waits for who looks stands first. */
export function Agreements() {
  const { t, language } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const [view, setView] = useUrl('show', 'all');
  const [state, setState] = useUrl('state');
  const [making, make] = useUrl('create');
  const own = useOwn();
  const counts = useAgreementCounts();
  const columns = useColumns();
  const shown: View = views.find((one) => one === view) ?? 'all';
  const query = { ...queryOf(shown, own), state, order: 'turn' };
  const buttons = (
    <span className="row">
      {can('operate') && <Button onClick={() => { make('ask'); }} data-testid="agreement-ask">{t('agreement.ask')}</Button>}
      {can('administer') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { make('show'); }} data-testid="agreement-show">{t('agreement.show')}</Button>}
    </span>
  );
  return (
    <>
      <div className="row wrap">
        <Segmented value={shown} onChange={(value) => { setView(value); }} options={views.map((one) => ({ value: one, label: <span data-testid={`agreements-${one}`}>{t(`agreement.view.${one}`)}{counts !== undefined && <span className="faint"> {number(counts[one], language)}</span>}</span> }))} />
        <Select value={state} onChange={(value: string) => { setState(value); }} options={[{ value: '', label: t('filter.of', { name: t('state'), value: t('all') }) }, ...states.map((one) => ({ value: one as string, label: t(`agreement.state.${one}`) }))]} style={{ width: 144 }} aria-label={t('state')} data-testid="agreement-filter" />
        <span className="grow" />
        <CsvButton path={agreementsPath} query={query} />{buttons}
      </div>
      <ListOf<Agreement>
        path={agreementsPath} query={query} columns={columns} keyOf={(one) => one.id} testId="agreements" label={t('identifiers.agreements')} chosen={opened('agreement')} onPick={(one) => { open('agreement', one.id); }}
        filtered={(counts?.all ?? 0) > 0} none={shown === 'waiting' && state === '' ? t('agreement.waiting.none') : undefined} onClear={() => { setView(null); setState(null); }} empty={{ title: t('agreement.empty'), help: t('agreement.empty.help'), action: buttons }}
      />
      {(making === 'ask' || making === 'show') && <Propose key={making} way={making} onClose={() => { make(null); }} onMade={(made) => { open('agreement', made.id); }} />}
    </>
  );
}
