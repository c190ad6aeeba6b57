import { Checkbox, Input, Select } from 'antd';
import type { Severity } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useAll } from '../../../api/all';
import type { Region } from '../../../api/types';
import { treeOrder } from '../../../ui/tree';
import { useFactWords } from '../facts';
import { Colour } from '../Marks';
import type { Chosen } from './useFilters';

const severities: Severity[] = ['red', 'orange', 'yellow', 'blue'];
const levels = [1, 2, 3, 4] as const;

/** One press narrows the list; everything chosen is in the address. */
export function Filters({ chosen, choose, open }: { chosen: Chosen; choose: (key: keyof Chosen, value: string) => void; open: boolean }) {
  const { t, label } = useWords();
  const words = useFactWords();
  const regions = useAll<Region>('/api/regions');
  const all = (name: string) => ({ value: '', label: t('filter.of', { name, value: t('all') }) });
  const region = treeOrder((regions.data ?? []).filter((one) => one.parent !== null)).map(({ node, depth }) => ({ value: node.id, title: node.name, label: <span style={{ paddingLeft: depth * 10 }}>{node.name}</span> }));
  return (
    <>
      <Select value={chosen.severity} onChange={(value: string) => { choose('severity', value); }} options={[all(t('incidents.colour')), ...severities.map((one) => ({ value: one as string, label: <Colour severity={one} /> }))]} style={{ width: 116 }} aria-label={t('incidents.colour')} data-testid="incidents-severity" />
      <span className="wide"><Select value={chosen.level} onChange={(value: string) => { choose('level', value); }} options={[all(t('fact.level')), ...levels.map((one) => ({ value: String(one), label: words.levelName(one) }))]} popupMatchSelectWidth={200} style={{ width: 116 }} aria-label={t('fact.level')} /></span>
      <span className="wide"><Select value={chosen.class} onChange={(value: string) => { choose('class', value); }} options={[all(t('fact.class')), ...words.classes.map((one) => ({ value: one.id, label: label(one.name) }))]} popupMatchSelectWidth={180} style={{ width: 128 }} aria-label={t('fact.class')} /></span>
      <span className="wide"><Select value={chosen.kind} showSearch={{ optionFilterProp: 'label' }} onChange={(value: string) => { choose('kind', value); }} options={[all(t('fact.kind')), ...words.kinds.map((one) => ({ value: one.id, label: label(one.name) }))]} popupMatchSelectWidth={180} style={{ width: 128 }} aria-label={t('fact.kind')} /></span>
      <Select value={chosen.in} showSearch={{ optionFilterProp: 'title' }} onChange={(value: string) => { choose('in', value); }} options={[{ ...all(t('region')), title: '' }, ...region]} popupMatchSelectWidth={220} style={{ width: 136 }} aria-label={t('region')} data-testid="incidents-region" />
      {open && <Checkbox checked={chosen.late !== ''} onChange={(event) => { choose('late', event.target.checked ? 'yes' : ''); }} data-testid="incidents-late">{t('incidents.late')}</Checkbox>}
      {open && <Checkbox checked={chosen.mine !== ''} onChange={(event) => { choose('mine', event.target.checked ? 'yes' : ''); }}>{t('incidents.mine')}</Checkbox>}
      {open && <Checkbox checked={chosen.proposed !== ''} onChange={(event) => { choose('proposed', event.target.checked ? 'yes' : ''); }}>{t('incidents.proposals')}</Checkbox>}
      <Input.Search key={chosen.q} allowClear defaultValue={chosen.q} placeholder={t('incidents.search')} onSearch={(text) => { choose('q', text); }} style={{ width: 200 }} data-testid="incidents-search" />
    </>
  );
}
