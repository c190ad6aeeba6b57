import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../context/preferences';
import { ProblemView } from '../../../ui/problem';
import { Empty, Waiting } from '../../../ui/waiting';
import { partsOf, previewOf, type Kind } from './rows';

const shown = 8;

async function read(file: File, kind: Kind) {
  for await (const part of partsOf(file, kind, shown)) return previewOf(part, kind, shown);
  return null;
}

/** The beginning of a chosen file, before anything of it is sent. */
export function usePreview(file: File | null, kind: Kind) {
  return useQuery({ queryKey: ['preview', file?.name, file?.size, file?.lastModified], queryFn: () => (file === null ? null : read(file, kind)), enabled: file !== null });
}

export function PreviewTable({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { t } = useWords();
  const { data } = preview;
  if (preview.error !== null) return <ProblemView error={preview.error} />;
  if (preview.isPending) return <Waiting rows={4} />;
  if (!data || data.rows.length === 0) return <Empty title={t('bulk.preview.empty')} />;
  return (
    <>
      {data.fault && <p className="callout" role="alert" data-testid="bulk-fault">{t('bulk.preview.noHandle')}</p>}
      <span className="quiet small">{t('bulk.preview', { count: data.rows.length })}</span>
      <div className="preview" data-testid="bulk-preview" tabIndex={0}>
        <table>
          {data.columns.length > 0 && <thead><tr>{data.columns.map((column, at) => <th key={at}>{column}</th>)}</tr></thead>}
          <tbody>{data.rows.map((row, at) => <tr key={at}>{row.map((cell, place) => <td key={place} className={data.columns.length === 0 ? 'mono' : undefined} title={cell}>{cell}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
