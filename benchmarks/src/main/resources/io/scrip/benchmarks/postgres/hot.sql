\set payer random(2, 100000)
\set units random(1, 100)
select move(gen_random_uuid(), :payer, 1, :units);
