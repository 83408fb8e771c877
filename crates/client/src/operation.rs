//! What an operation is, so that a test can hold the client to the document.

/// An operation of the service, as the client knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its id in the document, and the name of its method here.
    pub id: &'static str,
    /// Its method.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What its path names.
    pub names: &'static [&'static str],
    /// What it takes besides: `query`, `once` (an idempotency key), `if_match`.
    pub takes: &'static [&'static str],
    /// The type of its body, if it has one.
    pub body: Option<&'static str>,
    /// The type of its answer.
    pub answer: &'static str,
}

/// Makes a method, and a row of the table, of each operation.
macro_rules! operations {
    ($(
        $(#[doc = $doc:literal])+
        $method:ident $name:ident $path:literal ($($arg:ident),*) {
            $(query: $query:ty,)? $(once: $once:ident,)? $(if_match: $seen:ident,)?
            $(body: $body:ty,)? answer: $answer:ty
        }
    )+) => {
        /// Every operation that the client knows.
        pub const OPERATIONS: &[Operation] = &[$(Operation {
            id: stringify!($name),
            method: stringify!($method),
            path: $path,
            names: &[$(stringify!($arg)),*],
            takes: &[
                $({ let _: &str = stringify!($query); "query" },)?
                $({ let _: &str = stringify!($once); "once" },)?
                $({ let _: &str = stringify!($seen); "if_match" },)?
            ],
            body: { let body: &[&str] = &[$(stringify!($body))?]; body.first().copied() },
            answer: stringify!($answer),
        }),+];

        impl Client {
            $(
                $(#[doc = $doc])+
                pub async fn $name(
                    &self,
                    $($arg: &str,)*
                    $(query: &$query,)?
                    $($once: &str,)?
                    $($seen: &str,)?
                    $(body: &$body,)?
                ) -> Result<Answer<$answer>, ClientError> {
                    self.request(Method::$method, $path, &[$((stringify!($arg), $arg)),*])
                        $(.query::<$query>(query))?
                        $(.once($once))?
                        $(.if_match($seen))?
                        $(.body::<$body>(body))?
                        .send()
                        .await
                }
            )+
        }
    };
}

pub(crate) use operations;
