import { Button } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { address, type Query } from '../api/client';
import { useRows } from '../api/hooks';
import { useWords } from '../context/preferences';
import { ProblemView } from './problem';
import { Table, type Column } from './table';
import { Empty, Waiting } from './waiting';

interface Props<T> {
  path: string;
  query: Query;
  columns: Column<T>[];
  keyOf: (row: T) => string;
  testId: string;
  label: string;
  /** True where a filter beyond the scope is set: empty then means "nothing matches". */
  filtered?: boolean;
  onClear?: () => void;
  /** What is said where nothing matches; usually that nothing does. */
  none?: string;
  empty: { title: string; help: string; action?: ReactNode };
  chosen?: string | null;
  onPick?: (row: T) => void;
  arrange?: (rows: T[]) => T[];
  refetch?: number;
}

/** A list of the server with its four faces: waiting, empty, failed, rows. */
export function ListOf<T>(props: Props<T>) {
  const { t } = useWords();
  const list = useRows<T>(props.path, props.query, { refetch: props.refetch });
  if (list.loading) return <div className="table-box"><Waiting rows={10} /></div>;
  if (list.error !== null && list.items.length === 0) return <div className="table-box"><ProblemView error={list.error} retry={list.retry} /></div>;
  const rows = props.arrange?.(list.items) ?? list.items;
  if (rows.length === 0) {
    return (
      <div className="table-box" data-testid={props.testId}>
        {props.filtered
          ? <Empty title={props.none ?? t('filter.none')} help={props.none === undefined ? t('filter.none.help') : undefined} action={props.onClear && <Button onClick={props.onClear}>{t('filter.clear')}</Button>} />
          : <Empty {...props.empty} />}
      </div>
    );
  }
  return (
    <>
      <Table rows={rows} columns={props.columns} keyOf={props.keyOf} testId={props.testId} label={props.label} chosen={props.chosen} onPick={props.onPick} onEnd={list.more ? list.loadMore : undefined} />
      <div className="table-foot">
        <span>{t(list.more ? 'rows.more' : 'rows', { count: rows.length })}</span>
        {list.more && <button type="button" className="link" onClick={list.loadMore}>{t('more')}</button>}
      </div>
    </>
  );
}

export function CsvButton({ path, query, small = false }: { path: string; query: Query; small?: boolean }) {
  const { t } = useWords();
  return <Button size={small ? 'small' : 'middle'} icon={<DownloadOutlined />} href={address(path, { ...query, format: 'csv' })} download title={t('export.csv')} aria-label={t('export.csv')} data-testid="export-csv">CSV</Button>;
}
