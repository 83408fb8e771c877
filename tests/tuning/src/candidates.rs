//! What is tried.

/// One way of setting a server up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Lines for `postgresql.conf`, behind those that all have.
    pub(crate) server: &'static str,
    /// What is done to the tables once they are there.
    pub(crate) tables: &'static str,
    /// Whether PgBouncer stands before it.
    pub(crate) pooled: bool,
}

/// The tables whose rows every tournament writes anew.
const ROOMY: &str = "ALTER TABLE players SET (fillfactor = 80); \
                     ALTER TABLE accounts SET (fillfactor = 80); \
                     ALTER TABLE skill_profiles SET (fillfactor = 80)";

/// The first one is the usual one, to which all others are compared. The second one is the same:
/// what it differs by is noise.
pub(crate) const CANDIDATES: [Candidate; 16] = [
    server("as installed", ""),
    server("as installed, again", ""),
    server("shared_buffers = 1GB", "shared_buffers = 1GB"),
    server("shared_buffers = 16MB", "shared_buffers = 16MB"),
    server("max_wal_size = 8GB", "max_wal_size = 8GB\ncheckpoint_timeout = 30min"),
    server("max_wal_size = 64MB", "max_wal_size = 64MB\nmin_wal_size = 32MB"),
    server("wal_compression = pglz", "wal_compression = pglz"),
    server("wal_compression = lz4", "wal_compression = lz4"),
    server("synchronous_commit = off", "synchronous_commit = off"),
    server("random_page_cost = 1.1", "random_page_cost = 1.1"),
    server("effective_cache_size = 16GB", "effective_cache_size = 16GB"),
    server("work_mem = 64MB", "work_mem = 64MB"),
    server("jit = off", "jit = off"),
    server("autovacuum = off", "autovacuum = off"),
    Candidate { tables: ROOMY, ..server("fillfactor = 80", "") },
    Candidate { pooled: true, ..server("PgBouncer, transactions", "") },
];

const fn server(name: &'static str, server: &'static str) -> Candidate {
    Candidate { name, server, tables: "", pooled: false }
}
