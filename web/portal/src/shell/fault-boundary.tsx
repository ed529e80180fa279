import { Component, type ReactNode } from 'react';
import { Notice } from './notice.tsx';

type State = { error: unknown };

/** Stands between a broken page and a blank screen. A class, because React offers boundaries in no other form. */
export class FaultBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    // Most often a file of an older build that is gone from the server: loading anew brings the whole new build.
    if (this.state.error !== null) return <Notice error={{ status: 500 }} onRetry={() => window.location.reload()} />;
    return this.props.children;
  }
}
