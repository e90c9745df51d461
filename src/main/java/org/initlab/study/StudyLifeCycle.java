package org.initlab.study;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.initlab.experiment.Change;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.LifeCycle;
import org.initlab.experiment.StudyPoint;
import org.initlab.experiment.StudyPoints;
import org.initlab.platform.problem.ConflictException;
import org.initlab.platform.problem.NotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What users do with studies: a verb is done to all points that it applies to, in one transaction, and is idempotent. Throws
 * {@link NotFoundException} if there is no such study, {@link ConflictException} if it applies to none of them, or if one
 * refuses it.
 */
@Service
@Transactional
public class StudyLifeCycle {
    private final StudyQueries queries;
    private final StudyTable studies;
    private final StudyPoints points;
    private final LifeCycle experiments;

    StudyLifeCycle(StudyQueries queries, StudyTable studies, StudyPoints points, LifeCycle experiments) {
        this.queries = queries;
        this.studies = studies;
        this.points = points;
        this.experiments = experiments;
    }

    /**
     * Applies a verb if the study is as the caller knows it. What the verb itself refuses comes first.
     *
     * @param check called with the study's revision before the verb; throws if it is not the caller's
     */
    public void provided(UUID id, LongConsumer check, Consumer<UUID> verb) {
        experiments.lockPoints(id);
        long revision = points.revision(id);
        verb.accept(id);
        check.accept(revision);
    }

    /** Cancels what is not finished. */
    public void cancel(UUID id) {
        List<StudyPoint> all = lock(id);
        ExperimentState state = state(all);
        require(
                !state.isFinal() || state == ExperimentState.CANCELLED,
                "the study is " + state + "; it cannot be cancelled");
        experiments.cancelPoints(ids(open(all)));
    }

    /** Pauses what is queued at once, and what runs at its next checkpoint. */
    public void pause(UUID id) {
        experiments.pausePoints(ids(requireOpen(id, "paused")));
    }

    /** Undoes a pause. */
    public void resume(UUID id) {
        experiments.resumePoints(ids(requireOpen(id, "resumed")));
    }

    /** Lets failed and diverged runs continue from their last checkpoints, except those of cancelled points. */
    public void retry(UUID id) {
        List<StudyPoint> all = lock(id);
        List<StudyPoint> faulty = uncancelled(all, "retried").stream()
                .filter(point -> point.runs().failed() + point.runs().diverged() > 0)
                .toList();
        require(
                !faulty.isEmpty() || !state(all).isFinal(),
                "no run of the study failed or diverged: there is nothing to retry");
        each(faulty, experiments::retry);
    }

    /**
     * Raises the number of epochs of all points that are not cancelled.
     *
     * @param epochs at least as many as each of them has
     */
    public void extend(UUID id, int epochs) {
        List<StudyPoint> left = uncancelled(lock(id), "extended");
        Map<UUID, String> names = left.stream().collect(Collectors.toMap(StudyPoint::id, StudyPoint::name));
        each(left, point -> {
            try {
                experiments.extend(point, epochs);
            } catch (ConflictException e) {
                throw new ConflictException("the point " + names.get(point) + ": " + e.getMessage());
            }
        });
    }

    /** Changes what is given of all points; the priority of those that are not finished. */
    public void change(UUID id, Change change) {
        if (change.required().priority() != null) {
            prioritise(id, change.priority());
        }
        if (change.keep() != null) {
            each(lock(id), point -> experiments.keep(point, change.keep()));
        }
    }

    /** Removes the checkpoints of all points of a finished study. */
    public void removeCheckpoints(UUID id) {
        each(lock(id), experiments::removeCheckpoints);
    }

    /** Changes the place in the queue of the runs of all points that are not finished. */
    public void prioritise(UUID id, int priority) {
        experiments.prioritisePoints(ids(requireOpen(id, "moved in the queue")), priority);
    }

    /** Removes a finished study with its experiments and everything stored for them. */
    public void delete(UUID id) {
        List<StudyPoint> all = lock(id);
        ExperimentState state = state(all);
        require(state.isFinal(), "the study is " + state + "; cancel it first: only a finished one can be deleted");
        experiments.deletePoints(ids(all));
        studies.delete(id);
    }

    private void each(List<StudyPoint> points, Consumer<UUID> verb) {
        experiments.each(ids(points), verb);
    }

    private static List<UUID> ids(List<StudyPoint> points) {
        return points.stream().map(StudyPoint::id).toList();
    }

    private List<StudyPoint> lock(UUID id) {
        queries.row(id);
        experiments.lockPoints(id);
        return points.of(List.of(id)).getOrDefault(id, List.of());
    }

    private List<StudyPoint> requireOpen(UUID id, String verb) {
        List<StudyPoint> all = lock(id);
        require(!state(all).isFinal(), "the study is " + state(all) + "; it cannot be " + verb);
        return open(all);
    }

    private static List<StudyPoint> open(List<StudyPoint> all) {
        return all.stream().filter(point -> !point.state().isFinal()).toList();
    }

    private static List<StudyPoint> uncancelled(List<StudyPoint> all, String verb) {
        List<StudyPoint> left = all.stream()
                .filter(point -> point.state() != ExperimentState.CANCELLED)
                .toList();
        require(!left.isEmpty(), "the study is CANCELLED; it cannot be " + verb);
        return left;
    }

    private static ExperimentState state(List<StudyPoint> all) {
        return ExperimentState.ofAll(all.stream().map(StudyPoint::state).toList());
    }

    private static void require(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new ConflictException(otherwise);
        }
    }
}
