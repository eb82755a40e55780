-- What many build instead of a ledger: one function for a transfer, with an idempotency key, a check of the funds, and
-- row locks in the order of the ids, so that two transfers never wait for each other in a circle.
create table account (
  id bigint primary key,
  debited bigint not null default 0,
  credited bigint not null default 0
) with (fillfactor = 80);

create table transfer (
  id uuid primary key,
  number bigint generated always as identity,
  payer bigint not null,
  payee bigint not null,
  amount bigint not null check (amount > 0),
  happened timestamptz not null default clock_timestamp()
);

insert into account (id, credited) select n, 1000000000000 from generate_series(1, 100000) as n;
vacuum analyze account;

create function move(key uuid, from_id bigint, to_id bigint, units bigint) returns text language plpgsql as $$
declare
  available bigint;
  changed int;
begin
  insert into transfer (id, payer, payee, amount) values (key, from_id, to_id, units) on conflict (id) do nothing;
  if not found then
    return 'replayed';
  end if;
  perform from account where id in (from_id, to_id) order by id for update;
  select credited - debited into available from account where id = from_id;
  if available is null or available < units then
    raise exception 'insufficient funds';
  end if;
  update account set debited = debited + units where id = from_id;
  update account set credited = credited + units where id = to_id;
  get diagnostics changed = row_count;
  if changed <> 1 then
    raise exception 'no such payee';
  end if;
  return 'posted';
end $$;
