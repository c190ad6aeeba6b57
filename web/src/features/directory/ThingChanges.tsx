import { segment } from '../../api/client';
import type { ThingEntry } from '../../api/types';
import { useWords } from '../../context/preferences';
import { CsvButton, ListOf } from '../../ui/list';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';
import { FieldChanges } from './fields';

const nothing = {};

/** Who changed what about a thing, the newest first. */
export function ThingChanges({ thing }: { thing: string }) {
  const { t } = useWords();
  const path = `/api/things/${segment(thing)}/changes`;
  const columns: Column<ThingEntry>[] = [
    { key: 'at', title: t('time'), width: 176, render: (entry) => <At at={entry.at} /> },
    { key: 'by', title: t('edits.by'), width: 120, render: (entry) => <span className="strong" title={entry.actor}>{entry.actorName ?? entry.actor}</span> },
    { key: 'deed', title: t('state'), width: 88, only: 'wide', render: (entry) => t(`changes.${entry.deed}`) },
    { key: 'what', title: t('changes.what'), render: (entry) => (entry.fields.length === 0 ? '–' : <FieldChanges fields={entry.fields} />) },
  ];
  return (
    <>
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} small /></div>
      <ListOf<ThingEntry> path={path} query={nothing} columns={columns} keyOf={(entry) => String(entry.number)} testId="changes" label={t('thing.changes')} empty={{ title: t('changes.empty'), help: t('changes.empty.help') }} />
    </>
  );
}
