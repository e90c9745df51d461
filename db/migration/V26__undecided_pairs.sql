alter table epoch add column undecided_pairs double precision check (undecided_pairs between 0 and 1);

comment on column epoch.undecided_pairs is 'share of the test split''s pairs of a positive and a negative row whose scores are so near each other that rounding may have ordered them; null where it was not measured';
