import { ImportOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Upload } from 'antd';
import { useState } from 'react';
import { upload } from '../../api/client';
import { useWords } from '../../context/preferences';
import { ProblemView } from '../../ui/problem';

interface Answer { written: boolean; made: string[]; changed: string[]; same: number }

/** Looks at a GeoJSON file first, then writes it whole. */
export function ImportRegions() {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const close = () => { setOpen(false); setFile(null); setAnswer(null); setError(null); };
  const send = async (chosen: File, preview: boolean) => {
    setBusy(true);
    setError(null);
    setFile(chosen);
    try {
      const got = await upload<Answer>(`/api/regions/import?preview=${String(preview)}`, chosen);
      setAnswer(got);
      if (got.written) { void message.success(t('regions.import.done')); await client.invalidateQueries(); close(); }
    } catch (fault) {
      setError(fault);
      setAnswer(null);
    }
    setBusy(false);
  };
  return (
    <>
      <Button icon={<ImportOutlined />} onClick={() => { setOpen(true); }} data-testid="regions-import">{t('regions.import')}</Button>
      <Modal open={open} title={t('regions.import.title')} onCancel={close} okText={t('regions.import.write')} cancelText={t('cancel')} confirmLoading={busy} onOk={() => { if (file !== null) void send(file, false); }} okButtonProps={{ disabled: answer === null || answer.made.length + answer.changed.length === 0, 'data-testid': 'regions-write' }}>
        <div className="stack tight">
          <Upload.Dragger accept=".json,.geojson" showUploadList={false} beforeUpload={(chosen) => { void send(chosen, true); return false; }} data-testid="regions-file"><p><InboxOutlined style={{ fontSize: 24 }} /></p><p className="strong">{file?.name ?? t('regions.import')}</p></Upload.Dragger>
          <p className="quiet">{t('regions.import.help')}</p>
          {answer !== null && <p data-testid="regions-counts">{t('regions.import.counts', { made: answer.made.length, changed: answer.changed.length, same: answer.same })}</p>}
          {error !== null && <ProblemView error={error} />}
        </div>
      </Modal>
    </>
  );
}
