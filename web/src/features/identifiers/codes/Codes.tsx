import { DownloadOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useState } from 'react';
import type { IdentifierCode } from '../../../api/identifiers';
import { useOne } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { CopyButton } from '../../../ui/copy';
import { ProblemView } from '../../../ui/problem';
import { Facts, Section } from '../../../ui/side';
import { Waiting } from '../../../ui/waiting';
import { handlePath } from '../values/handle';

const symbols = ['qr', 'datamatrix'] as const;
type Symbol = (typeof symbols)[number];

/** Pixels of a module in what is printed from the PNG. */
const printScale = 16;

const address = (handle: string, symbol: Symbol, more = '') => `/api/codes/${handlePath(handle)}?symbol=${symbol}${more}`;
const fileOf = (handle: string, symbol: Symbol, format: string) => `${handle.replace(/[^\p{L}\p{N}.-]+/gu, '_')}-${symbol}.${format}`;

function Picture({ code, symbol }: { code: IdentifierCode; symbol: Symbol }) {
  const { t } = useWords();
  const says = symbol === 'datamatrix' && code.elements !== null ? code.elements : code.digitalLink ?? code.page;
  return (
    <div className="code-picture">
      <img src={address(code.handle, symbol)} alt={`${t(`code.${symbol}`)}: ${says}`} data-testid="code-picture" data-says={says} />
      <div className="row wrap">
        <a href={address(code.handle, symbol, '&format=svg')} download={fileOf(code.handle, symbol, 'svg')} data-testid="code-svg"><DownloadOutlined /> SVG</a>
        <a href={address(code.handle, symbol, `&format=png&scale=${printScale}`)} download={fileOf(code.handle, symbol, 'png')} data-testid="code-png"><DownloadOutlined /> PNG</a>
      </div>
    </div>
  );
}

/** What is printed on a label: the code, and what it says. */
export function Codes({ handle }: { handle: string }) {
  const { t } = useWords();
  const [symbol, choose] = useState<Symbol>('qr');
  const one = useOne<IdentifierCode>(`/api/codes/${handlePath(handle)}`);
  const code = one.data;
  const row = (name: string, text: string, testId: string): [string, React.ReactNode] => [name, <span key={testId}><span className="mono break" data-testid={testId}>{text}</span><CopyButton text={text} /></span>];
  return (
    <Section title={t('code')} tools={<Segmented size="small" value={symbol} onChange={choose} options={symbols.map((each) => ({ value: each, label: <span data-testid={`code-${each}`}>{t(`code.${each}`)}</span> }))} />}>
      {one.error !== null && <ProblemView error={one.error} retry={() => void one.refetch()} />}
      {one.isPending && <Waiting rows={3} />}
      {code !== undefined && (
        <>
          <Picture code={code} symbol={symbol} />
          {code.digitalLink !== null && code.elements !== null
            ? <Facts rows={[row(t('code.digitalLink'), code.digitalLink, 'code-link'), row(t('code.elements'), code.elements, 'code-elements')]} />
            : <p className="faint small">{t('code.page')}</p>}
        </>
      )}
    </Section>
  );
}
