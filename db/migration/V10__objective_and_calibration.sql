alter table epoch add column objective double precision;
alter table epoch add column mean_probability double precision check (mean_probability between 0 and 1);
alter table epoch add column ece double precision check (ece between 0 and 1);

-- only plain cross-entropy has been trained so far
update epoch set objective = loss;

comment on column epoch.loss is 'mean binary cross-entropy on the test split, whatever the training minimises';
comment on column epoch.objective is 'what the training minimises, on the test split';
comment on column epoch.mean_probability is 'null also for an epoch from before the column, as the logits are gone';
comment on column epoch.ece is 'expected calibration error; null as mean_probability';
