import type { Query } from '../../api/client';
import type { Case } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { useCaseColumns } from './columns';
import { dueFirst } from './order';

export function CaseList({ query, filtered = false, onClear }: { query: Query; filtered?: boolean; onClear?: () => void }) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const mine = query['mine'] === true;
  return (
    <ListOf<Case>
      path="/api/cases" query={useScoped(query)} columns={useCaseColumns(query['thing'] === undefined)} keyOf={(item) => item.id} testId="cases" label={t('cases.title')} arrange={dueFirst}
      chosen={opened('case')} onPick={(item) => { open('case', item.id); }} filtered={filtered} onClear={onClear}
      empty={mine ? { title: t('cases.empty.mine'), help: t('cases.empty.mine.help') } : { title: t('cases.empty'), help: t('cases.empty.help') }}
    />
  );
}
