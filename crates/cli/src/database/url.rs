//! Where the database is.

use std::{fmt, path::PathBuf};

use super::Access;
use crate::failure::Failure;

/// Where the database is, as the user said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DatabaseUrl {
    /// A file, or with `None` the memory of this process.
    Sqlite { base: String, parameters: Vec<String>, file: Option<PathBuf> },
    /// A server.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `text`, or says which URLs there are.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let Some(rest) = text.strip_prefix("sqlite:") else {
            let message = format!("{:?} is no database that Guerdon knows", without_password(text));
            return Err(Failure::refused("database-url", message)
                .help("use sqlite://FILE or postgres://USER@HOST/DATABASE"));
        };
        let (path, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let parameters: Vec<_> =
            parameters.split('&').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        let path = path.strip_prefix("//").unwrap_or(path);
        let in_memory = path == ":memory:" || parameters.iter().any(|it| it == "mode=memory");
        // What is written in percents is left to the driver.
        let file = (!in_memory && !path.contains('%')).then(|| PathBuf::from(path));
        Ok(Self::Sqlite { base: format!("sqlite://{path}"), parameters, file })
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Refuses a file that is not there, before a driver says so in its own words.
    pub(super) fn must_exist(&self) -> Result<(), Failure> {
        let Self::Sqlite { file: Some(file), .. } = self else { return Ok(()) };
        if file.exists() {
            return Ok(());
        }
        let message = format!("there is no database file {}", file.display());
        Err(Failure::refused("database-missing", message).help(
            "`guerdon run FILE` makes one from a file of results, `guerdon migrate up` an empty one",
        ))
    }

    /// The URL that the driver gets: a file is created only by those who may.
    pub(super) fn for_access(&self, access: Access) -> String {
        let (base, parameters) = match self {
            Self::Postgres(url) => return url.clone(),
            Self::Sqlite { base, parameters, .. } => (base, parameters),
        };
        let mut parameters = parameters.clone();
        parameters.retain(|it| it != "mode=rwc");
        if access == Access::Creating && !parameters.iter().any(|it| it.starts_with("mode=")) {
            parameters.push("mode=rwc".to_owned());
        }
        let parted = if parameters.is_empty() { "" } else { "?" };
        format!("{base}{parted}{}", parameters.join("&"))
    }
}

/// Without a password: this is for messages.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { base, .. } => f.write_str(base),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

fn without_password(url: &str) -> String {
    let url = url.split_once('?').map_or(url, |(url, _)| url);
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once(':').map_or(user, |(user, _)| user);
            format!("{scheme}://{user}@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> DatabaseUrl {
        DatabaseUrl::parse(text).unwrap()
    }

    #[test]
    fn only_who_may_create_a_file_asks_the_driver_to() {
        for text in ["sqlite://a.db", "sqlite:a.db", "sqlite://a.db?mode=rwc"] {
            let url = parsed(text);

            assert_eq!(url.for_access(Access::Creating), "sqlite://a.db?mode=rwc");
            assert_eq!(url.for_access(Access::Existing), "sqlite://a.db");
        }
    }

    #[test]
    fn other_parameters_stay() {
        let url = parsed("sqlite:///var/a.db?mode=ro&cache=shared");

        assert_eq!(url.for_access(Access::Creating), "sqlite:///var/a.db?mode=ro&cache=shared");
    }

    #[test]
    fn a_message_never_shows_a_password() {
        let url = parsed("postgres://me:p@ss:word@host:5432/rewards?sslpassword=secret");

        assert_eq!(url.to_string(), "postgres://me@host:5432/rewards");
    }

    #[test]
    fn another_database_is_refused_with_those_there_are() {
        let refused = DatabaseUrl::parse("mysql://me:secret@host/db").unwrap_err();

        assert!(!refused.message.contains("secret"), "{}", refused.message);
        assert!(refused.help.is_some_and(|it| it.contains("postgres://")));
    }
}
