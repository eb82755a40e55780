\set payer random(1, 100000)
\set step random(1, 99999)
\set payee 1 + (:payer - 1 + :step) % 100000
\set units random(1, 100)
select move(gen_random_uuid(), :payer, :payee, :units);
