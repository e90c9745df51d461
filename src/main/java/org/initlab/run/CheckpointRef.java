package org.initlab.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Where a run's last checkpoint lies.
 *
 * @param epoch the epoch after which it was taken
 * @param file its path below the checkpoint folder
 * @param sha256 the file's hash in hex
 */
@Embeddable
record CheckpointRef(
        @Column(name = "checkpoint_epoch") Integer epoch,
        @Column(name = "checkpoint_file") String file,
        @Column(name = "checkpoint_sha256") String sha256) {}
