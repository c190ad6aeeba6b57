import type { Query } from '../../api/client';
import type { Alarm } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { useAlarmColumns } from './columns';
import { byGravity } from './order';

export function AlarmList({ query, filtered = false, onClear }: { query: Query; filtered?: boolean; onClear?: () => void }) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  return (
    <ListOf<Alarm>
      path="/api/alarms" query={useScoped(query)} columns={useAlarmColumns(query['thing'] === undefined)} keyOf={(alarm) => alarm.id} testId="alarms" label={t('alarms.title')} arrange={byGravity}
      chosen={opened('alarm')} onPick={(alarm) => { open('alarm', alarm.id); }} filtered={filtered} onClear={onClear} empty={{ title: t('alarms.empty'), help: t('alarms.empty.help') }}
    />
  );
}
