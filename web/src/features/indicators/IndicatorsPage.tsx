import { Select } from 'antd';
import { useMemo, type ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useRows } from '../../api/hooks';
import type { Indicator, Severity } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useUrl } from '../../context/url';
import { CsvButton, ListOf } from '../../ui/list';
import { Live } from '../../ui/live';
import { Band } from '../../ui/marks';
import { useOpen, whyOf } from '../../ui/open';
import { Page } from '../../ui/page';
import { Sections } from '../../ui/sections';
import type { Column } from '../../ui/table';
import { Ago } from '../../ui/time';
import { ThingName } from '../directory/place';
import { useTypes } from '../packs/typeWords';
import { SignOffs } from './signoffs/SignOffs';
import { indicatorText } from './value';
import { WindowText } from './WindowText';

const order: (Severity | null)[] = ['red', 'orange', 'yellow', 'blue', 'green', null];
const worstFirst = (rows: Indicator[]) => [...rows].sort((a, b) => order.indexOf(a.band) - order.indexOf(b.band) || a.indicator.localeCompare(b.indicator) || (a.value ?? 0) - (b.value ?? 0));

function useColumns(): Column<Indicator>[] {
  const { t, label, language } = useWords();
  return useMemo(() => [
    { key: 'band', title: t('indicators.band'), width: 184, slim: true, render: (item) => <Band band={item.band} word={item.band === null ? undefined : label(item.bandMeaning)} /> },
    { key: 'indicator', title: t('indicators.indicator'), width: '22%', render: (item) => <span className="strong">{label(item.name)}</span> },
    { key: 'thing', title: t('thing'), render: (item) => <ThingName id={item.thing} name={item.thingName} /> },
    { key: 'value', title: t('value'), right: true, width: 128, render: (item) => { const shown = indicatorText(item.value, item.unit, language); return <Live of={item.value}><b className="strong">{shown.text}</b></Live>; } },
    { key: 'unit', title: '', width: 64, only: 'wide', render: (item) => <span className="faint">{indicatorText(item.value, item.unit, language).unit}</span> },
    { key: 'window', title: t('indicators.window'), only: 'wide', width: '24%', render: (item) => <WindowText window={item.window} /> },
    { key: 'computed', title: t('indicators.computed'), right: true, only: 'xwide', width: 120, render: (item) => <Ago at={item.computedAt} /> },
  ], [t, label, language]);
}

function Figures() {
  const { t, label } = useWords();
  const { open, opened } = useOpen();
  const types = useTypes();
  const [indicator, setIndicator] = useUrl('indicator');
  const [type, setType] = useUrl('type');
  const known = useRows<Indicator>('/api/indicators', useScoped({}), { limit: 1000 });
  const names = useMemo(() => [...new Map(known.items.map((item) => [item.indicator, label(item.name)]))], [known.items, label]);
  const query = useScoped({ indicator, type });
  return (
    <>
      <div className="row wrap">
        <Select value={indicator} onChange={(value: string) => { setIndicator(value); }} options={[{ value: '', label: t('filter.of', { name: t('indicators.pick'), value: t('all') }) }, ...names.map(([value, text]) => ({ value, label: text }))]} style={{ width: 224 }} aria-label={t('indicators.pick')} data-testid="indicators-pick" />
        <Select value={type} onChange={(value: string) => { setType(value); }} options={[{ value: '', label: t('filter.of', { name: t('type'), value: t('all') }) }, ...(types.data ?? []).map((one) => ({ value: one.id, label: label(one.name) }))]} style={{ width: 200 }} aria-label={t('type')} />
        <span className="grow" />
        <CsvButton path="/api/indicators" query={query} />
      </div>
      <ListOf<Indicator>
        path="/api/indicators" query={query} columns={useColumns()} keyOf={whyOf} testId="indicators" label={t('indicators.title')} chosen={opened('why')} onPick={(item) => { open('why', whyOf(item)); }} arrange={worstFirst} refetch={60_000}
        filtered={indicator !== '' || type !== ''} onClear={() => { setIndicator(null); setType(null); }} empty={{ title: t('indicators.empty'), help: t('indicators.empty.help') }}
      />
    </>
  );
}

const sections = { figures: Figures, 'sign-offs': SignOffs } satisfies Record<string, ComponentType>;
type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

/** The figures, and the periods whose figures were signed off. */
export default function IndicatorsPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { section } = useParams();
  const chosen = names.find((name) => name === section) ?? 'figures';
  const Shown = sections[chosen];
  return (
    <Page title={t('indicators.title')} testId="page-indicators" beside={<Sections names={names} chosen={chosen} word={(name) => t(`indicators.section.${name}`)} onChoose={(name) => void navigate(name === 'figures' ? '/indicators' : `/indicators/${name}`)} testId="indicators" />}>
      <Shown />
    </Page>
  );
}
