import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useAll } from '../../../api/all';
import type { Identifier, Prefix } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { Empty, Waiting } from '../../../ui/waiting';
import { useTemplateName } from '../templates/useTemplates';
import { prefixOf } from './handle';
import { NewIdentifier } from './NewIdentifier';

const path = '/api/identifiers';

function useColumns(): Column<Identifier>[] {
  const { t } = useWords();
  const template = useTemplateName();
  return useMemo(() => [
    { key: 'handle', title: t('identifier'), render: (one) => { const prefix = prefixOf(one.handle); return <span className="strong mono" title={one.handle}><span className="wide">{prefix}/</span>{one.handle.slice(prefix.length + 1)}</span>; } },
    { key: 'template', title: t('identifier.template'), width: 144, only: 'xwide', render: (one) => (one.template === null ? <span className="faint">–</span> : template(one.template)) },
    { key: 'values', title: t('identifier.values'), width: 72, right: true, only: 'wide', render: (one) => one.values },
    { key: 'version', title: t('identifier.version'), width: 72, right: true, only: 'wide', render: (one) => one.version },
    { key: 'by', title: t('identifier.changedBy'), width: 176, only: 'wide', render: (one) => <span title={one.byName}>{one.byName}</span> },
    { key: 'at', title: t('identifier.changed'), width: 112, right: true, render: (one) => <Ago at={one.at} /> },
  ], [t, template]);
}

/** Below which prefix one looks: the one in the address, else the one with most. */
function usePrefix() {
  const [named, choose] = useUrl('below');
  const all = useAll<Prefix>('/api/prefixes', {}, true, 0);
  const open = useMemo(() => (all.data ?? []).filter((one) => one.state !== 'applied' && one.state !== 'refused'), [all.data]);
  const most = useMemo(() => [...open].sort((a, b) => b.identifiers - a.identifiers || a.prefix.localeCompare(b.prefix))[0], [open]);
  return { all, open, choose, chosen: open.find((one) => one.prefix === named) ?? most };
}

/** The identifiers below a prefix, in the order of their names. */
export function Identifiers() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const { all, open: prefixes, chosen, choose } = usePrefix();
  const [from, setFrom] = useUrl('from');
  const [creating, setCreating] = useUrl('create');
  const columns = useColumns();
  if (all.error !== null && all.data === undefined) return <ProblemView error={all.error} retry={() => void all.refetch()} />;
  if (all.data === undefined) return <Waiting rows={10} />;
  if (chosen === undefined) return <div className="table-box"><Empty title={t('identifier.noPrefix')} help={t('identifier.noPrefix.help')} action={<Link to="/identifiers/prefixes">{t('identifiers.prefixes')}</Link>} /></div>;
  const query = { prefix: chosen.prefix, from };
  const takes = chosen.mayConfigure && chosen.state === 'active' && chosen.delegation === null;
  const create = takes && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating('yes'); }} data-testid="identifier-new">{t('identifier.new')}</Button>;
  return (
    <>
      <div className="row wrap">
        <Select value={chosen.prefix} onChange={(value: string) => { choose(value); setFrom(null); }} showSearch={{ optionFilterProp: 'title' }} popupMatchSelectWidth={280} style={{ width: 200 }} aria-label={t('prefix')} data-testid="identifiers-prefix" options={prefixes.map((one) => ({ value: one.prefix, title: `${one.prefix} ${one.partyName ?? ''}`, label: <span><span className="mono">{one.prefix}</span> <span className="faint">{one.partyName}</span></span> }))} />
        <Input.Search key={chosen.prefix} allowClear defaultValue={from} placeholder={t('identifier.from')} onSearch={(text) => { setFrom(text.trim()); }} style={{ width: 240 }} data-testid="identifiers-from" />
        <span className="grow" />
        <CsvButton path={path} query={query} />{create}
      </div>
      <ListOf<Identifier>
        path={path} query={query} columns={columns} keyOf={(one) => one.handle} testId="identifiers" label={t('identifiers.list')} chosen={opened('identifier')} onPick={(one) => { open('identifier', one.handle); }}
        filtered={from !== ''} onClear={() => { setFrom(null); }}
        empty={{ title: t('identifier.empty'), help: t('identifier.empty.help'), action: takes && <div className="row wrap">{create}<Link to="/identifiers/register"><Button>{t('identifiers.register')}</Button></Link></div> }}
      />
      {creating !== '' && takes && <NewIdentifier prefix={chosen.prefix} onClose={() => { setCreating(null); }} onMade={(handle) => { open('identifier', handle); }} />}
    </>
  );
}
