import { Component, type ReactNode } from 'react';
import { useWords } from '../context/preferences';

function Broken({ line }: { line: string }) {
  const { t } = useWords();
  return (
    <div className="page"><div className="state-box" role="alert">
      <h3>{t('page.broken')}</h3><p className="quiet">{t('page.broken.help')}</p><code>{line}</code>
      <button type="button" className="link" onClick={() => { window.location.reload(); }}>{t('page.reload')}</button>
    </div></div>
  );
}

/** One page's failure stays that page's; another address clears it. */
export class Boundary extends Component<{ at: string; children: ReactNode }, { line: string | null; at: string }> {
  override state = { line: null as string | null, at: this.props.at };

  static getDerivedStateFromError(error: unknown) {
    return { line: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(props: { at: string }, state: { line: string | null; at: string }) {
    return props.at === state.at ? null : { line: null, at: props.at };
  }

  override render() {
    return this.state.line === null ? this.props.children : <Broken line={this.state.line} />;
  }
}
