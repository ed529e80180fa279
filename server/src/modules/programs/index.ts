export { POINTS_WALLET, assertSpendable, createProgram, programIdOf, walletByCode, type NewProgram } from './actions.ts';
export { walletView } from './routes.ts';
export { bumpRuleset, followDocuments, getProgram, isFollowed, listPrograms, namesChanged, organisationName, unitOf, walletsOf, type DebtPolicy, type Program, type TransferPolicy, type Wallet, type WordForms } from './store.ts';
export { walletJobs } from './change-wallet.ts';
export { tidyWallet, type WalletNeeds } from './wallets.ts';
export { approveProposed, assertNotice, assertNoticeOfAll, assertNotPast, assertOtherPerson, beginningOf, declineProposed, differenceFrom, differenceView, noticeOf, publishOrPropose, wishOf, type AskedPublication, type Comparison, type Proposal, type Publishable, type Wish } from './publications.ts';
export { approveNamed, atRevision, compareNamed, declineNamed, discardNamed, publishNamed, type NamedKind } from './named-publications.ts';
export { proposalView, versionView } from './publication-views.ts';
