alter table experiment add column warnings text[] not null default '{}';

comment on column experiment.warnings is 'what was guessed, left out or looks odd, as sentences, whatever it is about';

update experiment
set warnings = array(select jsonb_array_elements_text(task -> 'warnings')), task = task - 'warnings'
where jsonb_typeof(task -> 'warnings') = 'array';
