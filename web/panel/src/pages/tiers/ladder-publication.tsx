import { localDate } from '@wracam/engine/calendar';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { levelName, measureText } from '@wracam/engine/tiers/phrases';
import { useLang } from '@wracam/ui';
import { useState } from 'react';
import { useProgram, useWallet } from '../../api/program.tsx';
import { usePublishTiers, useTierDifference, useTierStep, type TierSettings } from '../../api/tiers.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangeLines, ProposalNotice, PublicationForm, useBeginning, useMet, VersionList } from '../rules/publication.tsx';
import { useLadderDifference } from './ladder-change.ts';

/** A publication of the ladder that waits for another person. */
export function LadderProposal({ settings: { proposal, versions, revision } }: { settings: TierSettings }) {
  const w = useWords().publishing;
  const step = useTierStep();
  if (!proposal) return null;
  const take = (name: 'approveTiers' | 'declineTiers', said: string) => () => step.mutate({ step: name, revision }, { onSuccess: () => toast(said) });
  return <ProposalNotice title={w.proposal.publish} versions={versions} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approveTiers', w.approved)} onDecline={take('declineTiers', w.declined)} />;
}

/** Publishing the draft of the ladder, or (a number) an older version of it. */
export function LadderPublication({ settings: now, asked, onClose }: { settings: TierSettings; asked: 'draft' | number; onClose: () => void }) {
  // As it was when this was opened: once it is published the draft is gone, and there would be nothing to compare.
  const [settings] = useState(now);
  const { tiers: w, publishing } = useWords();
  const { timeZone, secondPerson } = useProgram();
  const publish = usePublishTiers();
  const isDraft = asked === 'draft';
  const [on, setOn] = useState('');
  const from = useBeginning()(on);
  const { withdrawn } = useMet(settings.versions, from);
  const difference = useTierDifference(settings.revision, isDraft ? null : asked, on === '' ? undefined : new Date(from).toISOString(), true);
  // Where nobody is a member nobody can lose.
  const changes = difference.isPlaceholderData ? null : settings.members > 0 ? difference.data?.changes ?? null : [];
  const done = () => {
    toast(secondPerson ? publishing.sent : isDraft ? w.published : publishing.restored);
    onClose();
  };
  return (
    <PublicationForm
      title={isDraft ? w.publish : publishing.restore} text={isDraft ? w.publishText : `${publishing.restoreText(settings.draft !== null)} ${w.publishText}`} action={isDraft ? w.publish : publishing.restore}
      on={on} setOn={setOn} changes={changes} withdrawn={withdrawn} busy={publish.isPending} error={publish.error ?? difference.error} onClose={onClose}
      onPublish={({ inForceFrom, ...rest }) => publish.mutate({ version: isDraft ? null : asked, revision: settings.revision, ...rest, ...(inForceFrom !== undefined && { effectiveOn: localDate(timeZone, Date.parse(inForceFrom)) }) }, { onSuccess: done })}
    />
  );
}

/** Every ladder that was published, with what it changed. */
export function LadderVersions({ settings: { versions, current }, onRestore }: { settings: TierSettings; onRestore: ((version: number) => void) | undefined }) {
  const lang = useLang();
  const { currency } = useProgram();
  const wallet = useWallet();
  const difference = useLadderDifference();
  if (versions.length === 0) return null;
  const told = ({ levels, measure }: TierLadder) => levels.map((level) => `${levelName(level, lang)}: ${measureText(measure, level.threshold, { lang, currency, unit: wallet(measure.kind === 'points' ? measure.wallet : undefined).forms })}`).join(', ');
  return (
    <VersionList
      versions={versions} current={current?.version ?? null} onRestore={onRestore && (({ version }) => onRestore(version))}
      says={({ version, definition }) => {
        const before = versions.findLast((one) => one.version < version);
        return before ? <ChangeLines changes={difference(before.definition as TierLadder, definition as TierLadder)} /> : told(definition as TierLadder);
      }}
    />
  );
}
