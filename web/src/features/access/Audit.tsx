import { Input } from 'antd';
import type { AuditEntry } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { known } from '../../i18n/translate';
import { CsvButton, ListOf } from '../../ui/list';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';

function detailText(detail: unknown): string {
  if (detail === null || detail === undefined) return '';
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}

export function Audit() {
  const { t } = useWords();
  const [user, setUser] = useUrl('actor');
  const query = { user };
  const outcome = (text: string) => { const key = `audit.outcome.${text}`; return known(key) ? t(key) : text; };
  const columns: Column<AuditEntry>[] = [
    { key: 'at', title: t('time'), width: 176, render: (entry) => <At at={entry.at} /> },
    { key: 'actor', title: t('audit.actor'), width: '14%', render: (entry) => <span className="strong">{entry.actor}</span> },
    { key: 'action', title: t('audit.action'), width: '18%', render: (entry) => entry.action },
    { key: 'target', title: t('audit.target'), width: '22%', only: 'wide', render: (entry) => entry.target },
    { key: 'outcome', title: t('audit.outcome'), width: 88, render: (entry) => outcome(entry.outcome) },
    { key: 'detail', title: t('detail'), only: 'wide', render: (entry) => <span className="quiet" title={detailText(entry.detail)}>{detailText(entry.detail)}</span> },
  ];
  return (
    <>
      <div className="row"><Input.Search allowClear defaultValue={user} placeholder={t('audit.user')} onSearch={(text) => { setUser(text); }} style={{ width: 240 }} /><span className="grow" /><CsvButton path="/api/audit" query={query} /></div>
      <ListOf<AuditEntry> path="/api/audit" query={query} columns={columns} keyOf={(entry) => String(entry.id)} testId="audit" label={t('admin.audit')} filtered={user !== ''} onClear={() => { setUser(null); }} empty={{ title: t('audit.empty'), help: t('audit.empty.help') }} />
    </>
  );
}
