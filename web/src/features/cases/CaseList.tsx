import { Checkbox } from 'antd';
import type { Query } from '../../api/client';
import type { Case } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import type { Column } from '../../ui/table';
import { useCaseColumns } from './columns';
import { dueFirst } from './order';

interface Props { query: Query; filtered?: boolean; onClear?: () => void; picked?: Case[]; onPickMany?: (picked: Case[]) => void }

export function CaseList({ query, filtered = false, onClear, picked = [], onPickMany }: Props) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const mine = query['mine'] === true;
  const toggle = (item: Case) => { onPickMany?.(picked.some((one) => one.id === item.id) ? picked.filter((one) => one.id !== item.id) : [...picked, item]); };
  const pick: Column<Case> = { key: 'pick', title: '', width: 40, render: (item) => <span onClick={(event) => { event.stopPropagation(); }}><Checkbox checked={picked.some((one) => one.id === item.id)} onChange={() => { toggle(item); }} aria-label={t('cases.choose', { number: item.number })} /></span> };
  const columns = useCaseColumns(query['thing'] === undefined);
  return (
    <ListOf<Case>
      path="/api/cases" query={useScoped(query)} columns={onPickMany === undefined ? columns : [pick, ...columns]} keyOf={(item) => item.id} testId="cases" label={t('cases.title')} arrange={dueFirst}
      chosen={opened('case')} onPick={(item) => { open('case', item.id); }} filtered={filtered} onClear={onClear}
      empty={mine ? { title: t('cases.empty.mine'), help: t('cases.empty.mine.help') } : { title: t(query['open'] === true ? 'cases.none.short' : 'cases.empty'), help: t('cases.empty.help') }}
    />
  );
}
