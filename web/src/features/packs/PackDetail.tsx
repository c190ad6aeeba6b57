import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAll } from '../../api/all';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { CaseType, Label, MaturityRow, Pack, PropertyInfo, Rule, TypeInfo, View } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { unitSign } from '../../format/units';
import { bandIcon, noBandIcon } from '../../ui/icons';
import { SeverityMark } from '../../ui/marks';
import { Page, Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Waiting } from '../../ui/waiting';
import { Calendars } from '../directory/calendars/Calendars';
import { Condition } from './Condition';
import { PackOperations } from './PackOperations';
import { useTypes } from './typeWords';

interface Declared { id?: string; indicator?: string; channel?: string; name?: Label | string; formula?: string; window?: string; unit?: string; protocol?: string; types?: string[] }
/** The card of the pack, and everything that it declares. */
interface Detail { pack: Pack; indicators: Declared[]; channels: Declared[]; plugin: PackPlugin | null }
/** What the pack brings along in code. */
interface PackPlugin { assemblies: string[]; functions: { name: string; signature: string; documentation: string }[]; decoders: { name: string; documentation: string }[] }

function PluginLine({ plugin }: { plugin: PackPlugin }) {
  const { t } = useWords();
  const parts = [
    { name: t('packs.plugin.functions'), all: plugin.functions.map((one) => ({ key: one.name, shown: one.signature, documentation: one.documentation })) },
    { name: t('packs.plugin.decoders'), all: plugin.decoders.map((one) => ({ key: one.name, shown: one.name, documentation: one.documentation })) },
  ].filter((part) => part.all.length > 0);
  return (
    <p className="quiet" data-testid="plugin" style={{ margin: 0 }}>
      <b>{t('packs.plugin')}</b> {plugin.assemblies.join(', ')}
      {parts.map((part) => <span key={part.name}> · {part.name}{part.all.map((one) => <code key={one.key} title={one.documentation} style={{ marginInlineStart: 8 }}>{one.shown}</code>)}</span>)}
    </p>
  );
}

function Properties({ properties }: { properties: PropertyInfo[] }) {
  const { t, label, language } = useWords();
  return (
    <table className="plain-table">
      <thead><tr><th>{t('packs.properties')}</th><th>{t('type')}</th><th>{t('packs.unit')}</th><th className="num">{t('packs.range')}</th><th>{t('packs.values')}</th></tr></thead>
      <tbody>{properties.map((info) => <tr key={info.id}><td>{label(info.name)} <code className="faint">{info.id}</code></td><td className="quiet">{info.type}</td><td>{unitSign(info.unit, language)}</td><td className="num">{info.range ? `${info.range[0]} … ${info.range[1]}` : ''}</td><td className="quiet">{(info.values ?? []).map((value) => label(value.name)).join(' · ')}</td></tr>)}</tbody>
    </table>
  );
}

function Types({ types }: { types: TypeInfo[] }) {
  const { t, label } = useWords();
  return types.map((type) => (
    <details key={type.id} className="input"><summary><span className="grow"><b>{label(type.name)}</b> <code className="faint">{type.id}</code></span><span className="faint small">{[type.abstract ? t('packs.abstract') : type.extends ? t('packs.extends', { type: label(types.find((one) => one.id === type.extends)?.name) || type.extends }) : '', t('packs.properties.count', { count: type.properties.length })].filter(Boolean).join(' · ')}</span></summary><Properties properties={type.properties} /></details>
  ));
}

/** Whether a machine has looked, and what it misses. */
function Checked({ row }: { row: MaturityRow }) {
  const { t } = useWords();
  if (!row.checked) return <span className="faint">{row.status === 'done' ? t('packs.maturity.said') : ''}</span>;
  if (row.status === 'done' && row.lacks.length > 0) return <span className="mark"><i className="mark tone-red">{bandIcon.red}</i><span>{t('packs.maturity.lacks', { what: row.lacks.join('; ') })}</span></span>;
  if (row.status === 'done') return <span className="quiet" title={t('packs.maturity.checked.help')}>✓ {t('packs.maturity.checked')}</span>;
  return <span className="faint" title={row.lacks.join('; ')}>{row.lacks.length === 0 ? t('packs.maturity.holds') : t('packs.maturity.open', { count: row.lacks.length })}</span>;
}

function Maturity({ rows }: { rows: MaturityRow[] }) {
  const { t } = useWords();
  const icon = (status: MaturityRow['status']) => (status === 'done' ? <i className="mark tone-green">{bandIcon.green}</i> : status === 'todo' ? <i className="mark tone-orange">{bandIcon.orange}</i> : <i className="mark tone-none">{noBandIcon}</i>);
  const done = rows.filter((row) => row.status === 'done');
  const counts = t('packs.maturity.counts', { done: done.length, checked: done.filter((row) => row.checked && row.lacks.length === 0).length, todo: rows.filter((row) => row.status === 'todo').length });
  return (
    <Panel title={t('packs.maturity')} tools={rows.length > 0 ? counts : undefined} testId="maturity">
      {rows.length === 0 ? <p className="faint">{t('packs.maturity.none')}</p> : (
        <table className="plain-table"><tbody>{rows.map((row) => (
          <tr key={row.item}>
            <td>{row.item}{row.reason !== null && <div className="faint small">{row.reason}</div>}</td>
            <td style={{ width: 96 }}><span className="mark">{icon(row.status)}<span>{t(`packs.status.${row.status}`)}</span></span></td>
            <td className="small" style={{ width: 150 }}><Checked row={row} /></td>
          </tr>
        ))}</tbody></table>
      )}
    </Panel>
  );
}

function Plain({ rows }: { rows: [string, ReactNode, ReactNode][] }) {
  return <table className="plain-table"><tbody>{rows.map(([key, first, second]) => <tr key={key}><td>{first}</td><td className="quiet">{second}</td></tr>)}</tbody></table>;
}

const idOf = (one: Declared) => one.id ?? one.indicator ?? one.channel ?? '';

export function PackDetailView({ id }: { id: string }) {
  const { t, label } = useWords();
  const { can } = useSession();
  const detail = useOne<Detail>(`/api/packs/${segment(id)}`);
  const types = useTypes();
  const rules = useAll<Rule>('/api/rules');
  const views = useAll<View>('/api/views');
  const cases = useAll<CaseType & { pack?: string }>('/api/case-types');
  const declared = detail.data;
  if (detail.error !== null && declared === undefined) return <Page title={t('packs.title')} testId="page-pack"><ProblemView error={detail.error} retry={() => void detail.refetch()} /></Page>;
  if (declared === undefined) return <Waiting />;
  const { pack } = declared;
  const own = <T extends { pack?: string }>(rows: T[] | undefined) => (rows ?? []).filter((row) => row.pack === undefined || row.pack === id);
  const items = [
    { key: 'types', label: t('packs.types'), children: <Types types={own(types.data)} /> },
    { key: 'rules', label: t('packs.rules'), children: <Plain rows={own(rules.data).map((rule) => [rule.id, <span key="name" className="row"><SeverityMark severity={rule.severity} icon /><Link to={`/rules?rule=${rule.id}`}>{label(rule.name)}</Link></span>, rule.when === null || rule.when === undefined ? '' : <Condition key="when" of={rule} expression={rule.when} />])} /> },
    { key: 'indicators', label: t('packs.indicators'), children: <Plain rows={declared.indicators.map((one) => [idOf(one), <Link key="name" to={`/indicators?indicator=${idOf(one)}`}>{label(one.name) || idOf(one)}</Link>, <code key="formula">{one.formula}</code>])} /> },
    { key: 'cases', label: t('packs.cases'), children: <Plain rows={own(cases.data).map((one) => [one.id, label(one.name), one.states.map((state) => label(state.name)).join(' → ')])} /> },
    { key: 'views', label: t('packs.views'), children: <Plain rows={own(views.data).map((view) => [view.id, view.kind === 'thing' ? label(view.name) : <Link key="name" to={`/boards/${segment(view.id)}`}>{label(view.name)}</Link>, `${t(`packs.kind.${view.kind}`)} · ${t('packs.widgets', { count: view.widgets.length })}`])} /> },
    { key: 'calendars', label: t('calendars.title'), children: <Calendars pack={id} types={own(types.data).map((type) => type.id)} /> },
    { key: 'channels', label: t('packs.channels'), children: <Plain rows={declared.channels.map((one) => [idOf(one), label(one.name) || idOf(one), one.protocol])} /> },
  ];
  return (
    <Page title={label(pack.name)} testId="page-pack" fixed={false} beside={<><span className="tag">{pack.version}</span><span className="quiet clip">{label(pack.description)}</span></>} tools={<>{can('administer') && <PackOperations pack={pack} />}<Link to="/packs">{t('packs.title')}</Link></>}>
      {pack.standards.length > 0 && <div className="chips">{pack.standards.map((standard) => <span key={standard} className="tag">{standard}</span>)}</div>}
      {declared.plugin !== null && <PluginLine plugin={declared.plugin} />}
      <div className="two-columns" style={{ flex: 'none', alignItems: 'start' }}>
        <Panel><Tabs items={items.map((item) => ({ ...item, children: <div className="stack tight">{item.children}</div> }))} /></Panel>
        <Maturity rows={pack.maturity} />
      </div>
    </Page>
  );
}
