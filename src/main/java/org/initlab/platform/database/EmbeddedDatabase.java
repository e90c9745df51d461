package org.initlab.platform.database;

/** Its presence says that the database is this process's own, so whoever left a claim in it is dead. */
public final class EmbeddedDatabase {
    EmbeddedDatabase() {}
}
