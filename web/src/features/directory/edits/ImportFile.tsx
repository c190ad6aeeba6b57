import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import { useState } from 'react';
import { address, upload } from '../../../api/client';
import type { ImportItem } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { ProblemView } from '../../../ui/problem';
import { keepFile } from './sentFile';

const template = { zh: '\ufeff编号,类型,名称,主体,区域,上级,网关,经度,纬度,序列号\r\n', en: '\ufeffid,type,name,party,region,parent,gateway,lon,lat,serial\r\n' };

/** Sends a file of things to be looked at; nothing is written by it. */
export function ImportFile({ onSent }: { onSent: (id: string) => void }) {
  const { t, language } = useWords();
  const { party, region } = useScope();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (file: File) => {
    setBusy(true);
    setError(null);
    try {
      const item = await upload<ImportItem>(address('/api/imports', { file: file.name, party, region }), file);
      keepFile(item.id, file);
      onSent(item.id);
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  return (
    <div className="stack tight">
      <Upload.Dragger accept=".csv,.txt,.tsv,.xlsx" showUploadList={false} disabled={busy} beforeUpload={(file) => { void send(file); return false; }} data-testid="import-file">
        <p><InboxOutlined style={{ fontSize: 28 }} /></p>
        <p className="strong">{busy ? t('imports.reading') : t('imports.drop')}</p>
        <p className="quiet small" style={{ padding: '0 16px' }}>{t('imports.drop.help')}</p>
      </Upload.Dragger>
      <div className="row"><a href={`data:text/csv;charset=utf-8,${encodeURIComponent(template[language])}`} download="things.csv">{t('imports.template')}</a></div>
      {error !== null && <ProblemView error={error} />}
    </div>
  );
}
