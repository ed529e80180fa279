export { POINTS_WALLET, createProgram, programIdOf, walletByCode, type NewProgram } from './actions.ts';
export { walletView } from './routes.ts';
export { bumpRuleset, followDocuments, getProgram, isFollowed, listPrograms, organisationName, unitOf, walletsOf, type Program, type Wallet, type WordForms } from './store.ts';
