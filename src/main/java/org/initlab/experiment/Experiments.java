package org.initlab.experiment;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.training.data.DatasetSummary;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The experiments' rows. */
interface Experiments extends Repository<Experiment, UUID>, JpaSpecificationExecutor<Experiment> {
    Experiment save(Experiment experiment);

    Experiment saveAndFlush(Experiment experiment);

    void flush();

    Optional<Experiment> findById(UUID id);

    boolean existsBy();

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Experiment e where e.id = :id")
    Optional<Experiment> lock(UUID id);

    /** In the order of their ids, so that two callers cannot deadlock. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Experiment e where e.id in :ids order by e.id")
    List<Experiment> lockAll(Collection<UUID> ids);

    @Query("select e.id from Experiment e where e.studyId = :study")
    List<UUID> points(UUID study);

    /** In the order of their ids, so that two callers cannot deadlock; without reading the rows. */
    @Query(value = "select 1 from experiment where study_id = :study order by id for update", nativeQuery = true)
    List<Integer> lockPoints(UUID study);

    /** Without the entity, which the transaction might lock later: by then it could be out of date. */
    @Query("select e.datasetSummary from Experiment e where e.id = :id")
    Optional<DatasetSummary> datasetSummary(UUID id);

    @Query("select e.state from Experiment e where e.id = :id")
    Optional<ExperimentState> state(UUID id);

    @Query("select e.state from Experiment e where e.studyId = :study")
    List<ExperimentState> pointStates(UUID study);

    @Query("select e.studyId from Experiment e where e.id = :id and e.studyId is not null")
    Optional<UUID> study(UUID id);

    @Modifying
    @Query("delete from Experiment e where e.id = :id")
    void delete(UUID id);
}
