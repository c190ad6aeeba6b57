import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { post, remove, segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import { toProblem } from '../../../api/problem';
import type { Edit, ImportItem, ImportRow, RowOutcome } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { ListOf } from '../../../ui/list';
import { ProblemView } from '../../../ui/problem';
import type { Column } from '../../../ui/table';
import { Empty, Waiting } from '../../../ui/waiting';
import { FieldChanges } from '../fields';
import { ImportColumns } from './ImportColumns';

const outcomes: RowOutcome[] = ['bad', 'make', 'change', 'same'];

function useApply(item: ImportItem | undefined, onDone: () => void) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const apply = async () => {
    if (item === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const edit = await post<Edit>(`/api/imports/${segment(item.id)}/apply${item.bad > 0 ? '?bad=leave' : ''}`);
      void message.success(t('imports.done', { made: edit.made, changed: edit.changed }));
      if (edit.failures.length > 0) void message.warning(t('imports.failed', { count: edit.failures.length }));
      await client.invalidateQueries();
      onDone();
    } catch (fault) {
      setError(fault);
      setBusy(false);
    }
  };
  return { busy, error, apply: () => void apply() };
}

function Rows({ item, outcome }: { item: ImportItem; outcome: RowOutcome }) {
  const { t, say } = useWords();
  const columns: Column<ImportRow>[] = [
    { key: 'row', title: t('imports.row'), width: 64, right: true, render: (row) => row.row },
    { key: 'id', title: t('things.id'), width: '16%', render: (row) => <code>{row.id}</code> },
    { key: 'name', title: t('name'), width: '18%', only: 'wide', render: (row) => row.name },
    outcome === 'bad'
      ? { key: 'faults', title: t('imports.what'), render: (row) => <span title={row.faults.map((one) => `${one.column}: ${one.value} – ${t('imports.expected', { expected: say(one.expected) })}`).join('\n')}>{row.faults.map((one, at) => <span key={at}>{at > 0 && ' · '}<b>{one.column}</b> {one.value !== '' && <code>{one.value}</code>} <span className="quiet">{t('imports.expected', { expected: say(one.expected) })}</span></span>)}</span> }
      : { key: 'fields', title: t('imports.what'), render: (row) => <FieldChanges fields={row.fields} /> },
  ];
  return <ListOf<ImportRow> path={`/api/imports/${segment(item.id)}/rows`} query={{ outcome }} columns={columns} keyOf={(row) => String(row.row)} testId="import-rows" label={t('imports.what')} filtered empty={{ title: '', help: '' }} />;
}

/** What a file would do, row by row; nothing is written until the button says so. */
export function ImportPreview({ id, onOther }: { id: string; onOther: (id: string | null) => void }) {
  const { t } = useWords();
  const found = useOne<ImportItem>(`/api/imports/${segment(id)}`, {}, { stale: Infinity });
  const item = found.data;
  const [shown, setShown] = useUrl('outcome');
  const { busy, error, apply } = useApply(item, () => { onOther(null); });
  if (found.error !== null) return toProblem(found.error).status === 404 ? <Empty centre title={t('imports.gone')} help={t('imports.gone.help')} action={<Button onClick={() => { onOther(null); }}>{t('imports.open')}</Button>} /> : <ProblemView error={found.error} retry={() => void found.refetch()} />;
  if (item === undefined) return <Waiting />;
  const outcome = outcomes.find((one) => one === shown) ?? outcomes.find((one) => item[one] > 0) ?? 'same';
  const count = item.make + item.change;
  const discard = () => { void remove(`/api/imports/${segment(id)}`).finally(() => { onOther(null); }); };
  return (
    <>
      <div className="row wrap">
        <b className="clip">{item.file}</b>
        <span className="quiet">{t('imports.file', { format: [item.format.toUpperCase(), item.encoding].filter((part) => part !== null).join(' '), rows: item.rows })}</span>
        <span className="grow" />
        <Button onClick={discard} disabled={busy} data-testid="import-discard">{t('imports.discard')}</Button>
        <Button type="primary" loading={busy} disabled={count === 0} onClick={apply} data-testid="import-apply">{count === 0 ? t('imports.nothing') : item.bad > 0 ? t('imports.apply.rest', { count, bad: item.bad }) : t('imports.apply', { count })}</Button>
      </div>
      {error !== null && <ProblemView error={error} />}
      <ImportColumns item={item} onOther={onOther} />
      <div className="scroll-x"><Segmented value={outcome} onChange={setShown} options={outcomes.map((one) => ({ value: one, label: `${t(`imports.${one}`)} ${item[one]}` }))} data-testid="import-outcome" /></div>
      <Rows item={item} outcome={outcome} />
    </>
  );
}
