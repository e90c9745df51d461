package org.initlab.run;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The runs' rows. */
interface Runs extends Repository<Run, UUID> {
    void flush();

    @Query("select r from Run r where r.id = :id and r.spec.experimentId = :experimentId")
    Optional<Run> find(UUID id, UUID experimentId);

    /** Arm by arm and trial by trial. */
    @Query("select r from Run r where r.spec.experimentId = :experimentId order by r.spec.armIndex, r.spec.trial")
    List<Run> findAll(UUID experimentId);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from Run r where r.id = :id and r.queueEntry = :queueEntry and r.state in (QUEUED, RUNNING)")
    Optional<Run> lockClaimable(UUID id, int queueEntry);

    /** The fence: a worker can lock its run only while the row carries the worker's own attempt. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from Run r where r.id = :id and r.attempts.attempt = :attempt and r.state = RUNNING")
    Optional<Run> lockLeased(UUID id, int attempt);

    @Query(
            "select r.pauseRequested from Run r where r.id = :id and r.attempts.attempt = :attempt and r.state = RUNNING")
    Optional<Boolean> pauseRequested(UUID id, int attempt);

    @Query("select r.state from Run r where r.id = :id")
    Optional<RunState> state(UUID id);

    @Query("select count(r) > 0 from Run r where r.id = :id and r.queueEntry = :queueEntry and r.state = QUEUED")
    boolean isQueued(UUID id, int queueEntry);

    /** In the order of their ids, so that two callers cannot deadlock. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from Run r where r.spec.experimentId in :experimentIds order by r.id")
    List<Run> lockAll(Collection<UUID> experimentIds);

    @Query("select r.id from Run r where r.spec.experimentId = :experimentId")
    List<UUID> ids(UUID experimentId);

    /** Locks as {@link #lockAll} does, without reading the rows. */
    @Query(value = "select 1 from run where experiment_id = :experimentId order by id for update", nativeQuery = true)
    List<Integer> lockRows(UUID experimentId);

    /** The same of several experiments. */
    @Query(
            value = "select 1 from run where experiment_id in (:experimentIds) order by id for update",
            nativeQuery = true)
    List<Integer> lockRows(Collection<UUID> experimentIds);

    @Query(
            """
            select new org.initlab.run.QueuedRun(
                r.id, r.spec.experimentId, r.spec.armIndex, r.spec.trial, r.queueEntry, r.spec.requiredDevice)
            from Run r where r.spec.experimentId in :experimentIds and r.state = QUEUED""")
    List<QueuedRun> queued(Collection<UUID> experimentIds);
}
