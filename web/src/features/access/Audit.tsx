import { Input } from 'antd';
import type { AuditEntry } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { CsvButton, ListOf } from '../../ui/list';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';

/** HTTP statuses as people say them. */
function outcomeOf(status: number): 'ok' | 'refused' | 'failed' {
  if (status < 400) return 'ok';
  return status === 401 || status === 403 ? 'refused' : 'failed';
}

export function Audit() {
  const { t } = useWords();
  const [user, setUser] = useUrl('actor');
  const query = { user };
  const columns: Column<AuditEntry>[] = [
    { key: 'at', title: t('time'), width: 176, render: (entry) => <At at={entry.at} /> },
    { key: 'actor', title: t('audit.actor'), width: '14%', render: (entry) => <span className="strong" title={entry.actor}>{entry.actorName}</span> },
    { key: 'action', title: t('audit.action'), width: '30%', render: (entry) => entry.action },
    { key: 'target', title: t('audit.target'), only: 'wide', render: (entry) => entry.target },
    { key: 'outcome', title: t('audit.outcome'), width: 120, render: (entry) => <span title={String(entry.outcome)}>{t(`audit.outcome.${outcomeOf(entry.outcome)}`)}</span> },
  ];
  return (
    <>
      <div className="row"><Input.Search allowClear defaultValue={user} placeholder={t('audit.user')} onSearch={(text) => { setUser(text); }} style={{ width: 240 }} /><span className="grow" /><CsvButton path="/api/audit" query={query} /></div>
      <ListOf<AuditEntry> path="/api/audit" query={query} columns={columns} keyOf={(entry) => String(entry.id)} testId="audit" label={t('admin.audit')} filtered={user !== ''} onClear={() => { setUser(null); }} empty={{ title: t('audit.empty'), help: t('audit.empty.help') }} />
    </>
  );
}
