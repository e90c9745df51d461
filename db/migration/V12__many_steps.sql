-- a large table in small batches takes more steps than an integer counts
alter table step_loss alter column steps type bigint[];
