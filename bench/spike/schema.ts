import pg from 'pg';
import type { Variant } from './variant.ts';

const MEMBER_STATE = `state smallint NOT NULL DEFAULT 1, sales_count int NOT NULL DEFAULT 0, spent_minor bigint NOT NULL DEFAULT 0,
  last_sale_on date, caps bytea`;

function tables(variant: Variant): string {
  const { merged } = variant;
  const accountFk = 'FOREIGN KEY (program_id, member_id, wallet_no) REFERENCES account';
  return `
DROP TABLE IF EXISTS transaction, lot, transfer, account, member_ledger, member_identifier, budget, program CASCADE;
DROP SEQUENCE IF EXISTS id_block;
CREATE SEQUENCE id_block INCREMENT 4096;
CREATE TABLE program (id bigint PRIMARY KEY);
${merged ? '' : `CREATE TABLE member_ledger (program_id bigint NOT NULL, member_id bigint NOT NULL, ${MEMBER_STATE},
  PRIMARY KEY (program_id, member_id)) WITH (fillfactor = 80);`}
CREATE TABLE account (program_id bigint NOT NULL, member_id bigint NOT NULL, wallet_no smallint NOT NULL,
  available bigint NOT NULL DEFAULT 0 CHECK (available >= 0), pending bigint NOT NULL DEFAULT 0 CHECK (pending >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0), debt bigint NOT NULL DEFAULT 0, debt_limit bigint NOT NULL DEFAULT 0,
  seq int NOT NULL DEFAULT 0, head bytea, next_due_at timestamptz, ${merged ? `${MEMBER_STATE},` : ''}
  CHECK (debt >= 0 AND debt <= debt_limit), PRIMARY KEY (program_id, member_id, wallet_no)) WITH (fillfactor = 80);
CREATE TABLE transfer (program_id bigint NOT NULL, member_id bigint NOT NULL, wallet_no smallint NOT NULL, seq int NOT NULL,
  kind smallint NOT NULL, side smallint NOT NULL, incoming boolean NOT NULL, points bigint NOT NULL CHECK (points > 0),
  origin_kind smallint NOT NULL, origin_id bigint NOT NULL, booked_at timestamptz NOT NULL, draws bytea, reverses_seq int,
  ruleset_no int NOT NULL, hash bytea NOT NULL, PRIMARY KEY (program_id, member_id, wallet_no, seq)
  ${variant.transferFk ? `, ${accountFk}` : ''});
CREATE UNIQUE INDEX ON transfer (program_id, member_id, wallet_no, reverses_seq) WHERE reverses_seq IS NOT NULL;
CREATE TABLE lot (program_id bigint NOT NULL, member_id bigint NOT NULL, wallet_no smallint NOT NULL, seq int NOT NULL,
  points bigint NOT NULL, remaining bigint NOT NULL, pending boolean NOT NULL, usable_at timestamptz, expires_at timestamptz,
  CHECK (remaining >= 0 AND remaining <= points), PRIMARY KEY (program_id, member_id, wallet_no, seq)
  ${variant.lotFk ? `, ${accountFk}` : ''}) WITH (fillfactor = 90);
${variant.lotExpiryIndex ? 'CREATE INDEX ON lot (program_id, expires_at) WHERE expires_at IS NOT NULL;' : ''}
CREATE TABLE transaction (program_id bigint NOT NULL, id bigint NOT NULL, source text COLLATE "C" NOT NULL,
  external_id text COLLATE "C" NOT NULL, kind smallint NOT NULL, state smallint NOT NULL, member_id bigint,
  occurred_at timestamptz NOT NULL, booked_at timestamptz NOT NULL, total_minor bigint NOT NULL, content_hash bytea NOT NULL,
  lines bytea, trace bytea, frozen bytea, ruleset_no int NOT NULL, PRIMARY KEY (program_id, id), UNIQUE (program_id, source, external_id));
${variant.memberIndex ? 'CREATE INDEX ON transaction (program_id, member_id, id);' : ''}
CREATE TABLE member_identifier (program_id bigint NOT NULL, kind smallint NOT NULL, key text COLLATE "C" NOT NULL, member_id bigint NOT NULL,
  PRIMARY KEY (program_id, kind, key));
CREATE TABLE budget (program_id bigint NOT NULL, slot smallint NOT NULL, used bigint NOT NULL, most bigint NOT NULL CHECK (used <= most),
  PRIMARY KEY (program_id, slot)) WITH (fillfactor = 10);
CREATE OR REPLACE FUNCTION use_program(id bigint) RETURNS void LANGUAGE plpgsql AS
  $$ BEGIN EXECUTE format('SET LOCAL app.program = %L', id); END $$;`;
}

const ROLE = `DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'spike_app') THEN CREATE ROLE spike_app LOGIN NOSUPERUSER NOBYPASSRLS; END IF;
END $$`;

/** Makes the variant's tables anew with one program of `members`, each with a card and one account. */
export async function prepareSchema(admin: pg.Client, variant: Variant, members: number): Promise<void> {
  await admin.query(ROLE);
  await admin.query(tables(variant));
  const guarded = ['account', 'transfer', 'lot', 'transaction', 'member_identifier', 'budget', ...(variant.merged ? [] : ['member_ledger'])];
  if (variant.rls) {
    for (const table of guarded) {
      await admin.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_program ON ${table} USING (program_id = nullif(current_setting('app.program', true), '')::bigint)`);
    }
  }
  await admin.query('GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO spike_app; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO spike_app');
  await admin.query('INSERT INTO program VALUES (1), (2)');
  await admin.query('INSERT INTO budget SELECT 1, slot, 0, 1000000000000000 FROM generate_series(0, 7) slot');
  await admin.query('INSERT INTO account (program_id, member_id, wallet_no) SELECT 1, g, 1 FROM generate_series(1, $1::int8) g', [members]);
  if (!variant.merged) await admin.query('INSERT INTO member_ledger (program_id, member_id) SELECT 1, g FROM generate_series(1, $1::int8) g', [members]);
  await admin.query(`INSERT INTO member_identifier SELECT 1, 2, 'C' || lpad(g::text, 8, '0'), g FROM generate_series(1, $1::int8) g`, [members]);
  await admin.query('VACUUM ANALYZE');
}
