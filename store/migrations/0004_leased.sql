-- What is leased is found without looking at what waits: a busy node asks after each round.
create index job_leased on job (lease_until) where lease_until > 0;
