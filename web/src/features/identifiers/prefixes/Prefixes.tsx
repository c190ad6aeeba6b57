import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useMemo } from 'react';
import type { CompanyPrefix, Prefix, PrefixState as State } from '../../../api/identifiers';
import { useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { number } from '../../../format/numbers';
import { bandIcon } from '../../../ui/icons';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { Blocks } from '../blocks/Blocks';
import { ApplyPrefix } from './ApplyPrefix';
import { waitingCount, waitingFirst } from './prefix';
import { PrefixState } from './PrefixState';
import { PrefixViews } from './PrefixViews';

const path = '/api/prefixes';
const states: State[] = ['applied', 'active', 'suspended', 'refused', 'withdrawn'];

function useColumns(): Column<Prefix>[] {
  const { t, language } = useWords();
  return useMemo(() => [
    { key: 'prefix', title: t('prefix'), width: 120, render: (one) => <span className="strong mono">{one.prefix}</span> },
    { key: 'state', title: t('state'), width: 116, slim: true, render: (one) => <PrefixState state={one.state} /> },
    { key: 'holder', title: t('prefix.holder'), render: (one) => <span title={one.applicant?.organisation ?? undefined}>{one.applicant?.organisation ?? one.partyName ?? one.party}</span> },
    { key: 'party', title: t('party'), only: 'xwide', width: '22%', render: (one) => one.partyName ?? one.party },
    { key: 'count', title: t('prefix.count'), width: 88, right: true, render: (one) => number(one.identifiers, language) },
    { key: 'quota', title: t('prefix.quota'), width: 104, right: true, only: 'wide', render: (one) => (one.quota === null ? <span className="faint">{t('prefix.quota.none')}</span> : number(one.quota, language)) },
    { key: 'changed', title: t('prefix.changed'), width: 120, right: true, only: 'wide', render: (one) => <Ago at={one.changed} /> },
  ], [t, language]);
}

/** Applications that wait for who looks stand first, and are counted above. */
function PrefixList() {
  const { t } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const { party } = useScope();
  const [state, setState] = useUrl('state');
  const [search, setSearch] = useUrl('q');
  const [applying, setApplying] = useUrl('create');
  const columns = useColumns();
  const query = { party, state, search };
  const waiting = waitingCount(useRows<Prefix>(path, { state: 'applied' }).items);
  const asked = useRows<CompanyPrefix>('/api/company-prefixes', { state: 'applied' }).items.filter((one) => one.mayReview);
  const apply = can('configure') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setApplying('yes'); }} data-testid="prefix-apply">{t('prefix.apply')}</Button>;
  return (
    <>
      <div className="row wrap">
        <PrefixViews />
        <Input.Search allowClear defaultValue={search} placeholder={t('prefix.search')} onSearch={(text) => { setSearch(text.trim()); }} style={{ width: 220 }} data-testid="prefix-search" />
        <Select value={state} onChange={(value: string) => { setState(value); }} options={[{ value: '', label: t('filter.of', { name: t('state'), value: t('all') }) }, ...states.map((one) => ({ value: one as string, label: t(`prefix.state.${one}`) }))]} style={{ width: 144 }} aria-label={t('state')} data-testid="prefix-filter" />
        {waiting > 0 && state !== 'applied' && <button type="button" className="link mark" onClick={() => { setState('applied'); }} data-testid="prefix-waiting"><i className="mark tone-blue">{bandIcon.blue}</i><span>{t('prefix.waiting', { count: waiting })}</span></button>}
        {asked[0] !== undefined && <button type="button" className="link mark" onClick={() => { open('prefix', asked[0]?.prefix ?? ''); }} data-testid="company-waiting"><i className="mark tone-blue">{bandIcon.blue}</i><span>{t('company.waiting', { count: asked.length })}</span></button>}
        <span className="grow" />
        <CsvButton path={path} query={query} />{apply}
      </div>
      <ListOf<Prefix>
        path={path} query={query} columns={columns} keyOf={(one) => one.prefix} testId="prefixes" label={t('identifiers.prefixes')} arrange={waitingFirst} chosen={opened('prefix')} onPick={(one) => { open('prefix', one.prefix); }}
        filtered={state !== '' || search !== ''} onClear={() => { setState(null); setSearch(null); }} empty={{ title: t('prefix.empty'), help: t('prefix.empty.help'), action: apply }}
      />
      {applying !== '' && <ApplyPrefix onClose={() => { setApplying(null); }} onMade={(name) => { open('prefix', name); }} />}
    </>
  );
}

/** Prefixes, or what is blocked below them. */
export function Prefixes() {
  const { can } = useSession();
  const [show] = useUrl('show');
  return show === 'blocks' && can('administer') ? <Blocks /> : <PrefixList />;
}
