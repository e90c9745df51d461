package org.initlab.platform.database;

/** Says by being there that the database is this process's own, so that whoever left a claim in it is dead. */
public final class EmbeddedDatabase {
    EmbeddedDatabase() {}
}
