import { Select } from 'antd';
import { useState } from 'react';
import { address, upload } from '../../../api/client';
import type { ImportItem } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { ProblemView } from '../../../ui/problem';
import { useFieldWords } from '../fields';
import { keepFile, keptFile } from './sentFile';

const fields = ['id', 'type', 'name', 'party', 'region', 'parent', 'gateway', 'lon', 'lat', 'identifiers.serial', 'identifiers.asset'];

/** What is taken from which column; another choice reads the file again. */
export function ImportColumns({ item, onOther }: { item: ImportItem; onOther: (id: string) => void }) {
  const { t } = useWords();
  const words = useFieldWords();
  const { party, region } = useScope();
  const [error, setError] = useState<unknown>(null);
  const file = keptFile(item.id);
  const change = async (name: string, field: string) => {
    if (file === null) return;
    setError(null);
    const map = item.columns.map((column) => `${column.name}=${column.name === name ? field : column.field === field ? '' : column.field ?? ''}`);
    const path = address('/api/imports', { file: item.file, party, region });
    try {
      const next = await upload<ImportItem>(`${path}${path.includes('?') ? '&' : '?'}${map.map((pair) => `map=${encodeURIComponent(pair)}`).join('&')}`, file);
      keepFile(next.id, file);
      onOther(next.id);
    } catch (fault) {
      setError(fault);
    }
  };
  const options = [{ value: '', label: t('imports.column.none') }, ...[...new Set([...fields, ...item.columns.flatMap((column) => column.field ?? [])])].map((field) => ({ value: field, label: words.name(field) }))];
  return (
    <>
      <div className="row wrap" aria-label={t('imports.columns')} data-testid="import-columns">
        {item.columns.map((column) => (
          <label key={column.name} className="row"><span className="quiet">{column.name}</span><Select size="small" disabled={file === null} value={column.field ?? ''} options={options} onChange={(field: string) => void change(column.name, field)} style={{ width: 120 }} aria-label={column.name} /></label>
        ))}
      </div>
      {error !== null && <ProblemView error={error} />}
    </>
  );
}
