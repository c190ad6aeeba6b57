import { DownloadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { known } from '../../../i18n/translate';
import { saveCsv } from '../../../ui/save';
import { Table, type Column } from '../../../ui/table';
import { csvOf, mostRejected, reasonsOf, type Outcome, type Rejected } from './outcome';

function useReason() {
  const { t } = useWords();
  return (code: string | null) => { const key = `bulk.code.${code ?? ''}`; return known(key) ? t(key) : code ?? '–'; };
}

/** The rows that were not taken, each with why; what is shown is what is downloaded. */
export function RejectedRows({ outcome, name }: { outcome: Outcome; name: string }) {
  const { t, say, language } = useWords();
  const reason = useReason();
  const [code, setCode] = useState('');
  const rows = useMemo(() => (code === '' ? outcome.rows : outcome.rows.filter((row) => row.code === code)), [outcome.rows, code]);
  const reasons = useMemo(() => reasonsOf(outcome.rows), [outcome.rows]);
  const columns: Column<Rejected>[] = [
    { key: 'row', title: t('bulk.row'), width: 80, right: true, render: (row) => number(row.row, language) },
    { key: 'handle', title: t('identifier'), width: '30%', render: (row) => <span className="mono" title={row.handle ?? row.line}>{row.handle ?? row.line}</span> },
    { key: 'code', title: t('bulk.reason'), width: 128, only: 'wide', render: (row) => reason(row.code) },
    { key: 'detail', title: t('detail'), render: (row) => <span title={say(row.detail)}>{say(row.detail)}</span> },
  ];
  return (
    <>
      <div className="row wrap">
        <h2>{t('bulk.rejected.rows')}</h2>
        <Select value={code} onChange={(value: string) => { setCode(value); }} style={{ width: 220 }} aria-label={t('bulk.reason')} data-testid="bulk-reason" options={[{ value: '', label: t('filter.of', { name: t('bulk.reason'), value: t('all') }) }, ...reasons.map((one) => ({ value: one.code, label: `${reason(one.code)} ${number(one.count, language)}` }))]} />
        {outcome.notListed > 0 && <span className="quiet small">{t('bulk.rejected.more', { count: number(mostRejected, language) })}</span>}
        <span className="grow" />
        <Button icon={<DownloadOutlined />} onClick={() => { saveCsv(csvOf(rows, say), `${name.replace(/\.\w+$/, '')}-rejected.csv`); }} data-testid="bulk-csv">{t('bulk.rejected.csv')}</Button>
      </div>
      <Table rows={rows} columns={columns} keyOf={(row) => String(row.row)} testId="bulk-rejected" label={t('bulk.rejected.rows')} />
    </>
  );
}
