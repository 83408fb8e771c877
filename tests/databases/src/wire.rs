//! What PostgreSQL's protocol looks like to somebody between a client and a server.

use std::io::{Error, ErrorKind, Result};

use tokio::{
    io::{AsyncRead, AsyncReadExt},
    net::TcpListener,
};

/// Messages are a type, four bytes of length that count themselves, and a body. The first message
/// of a client has no type.
pub(crate) struct Message {
    pub(crate) kind: Option<u8>,
    pub(crate) bytes: Vec<u8>,
}

/// A place to listen at for clients of the database at `url`: with it where the server is, and the
/// URL by which the database is found through it.
pub(crate) async fn way_through(url: &str) -> (TcpListener, String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (user, rest) = url.split_once('@').unwrap();
    let (server, database) = rest.split_once('/').unwrap();
    let address = listener.local_addr().unwrap();
    let joint = if database.contains('?') { '&' } else { '?' };
    let way = format!("{user}@{address}/{database}{joint}sslmode=disable");
    (listener, server.to_owned(), way)
}

impl Message {
    pub(crate) async fn read(from: &mut (impl AsyncRead + Unpin)) -> Result<Self> {
        let kind = from.read_u8().await?;
        let Self { bytes, .. } = Self::read_untyped(from).await?;
        Ok(Self { kind: Some(kind), bytes: [vec![kind], bytes].concat() })
    }

    pub(crate) async fn read_untyped(from: &mut (impl AsyncRead + Unpin)) -> Result<Self> {
        let length = from.read_u32().await?;
        let body = length.checked_sub(4).ok_or(Error::from(ErrorKind::InvalidData))?;
        let mut bytes = length.to_be_bytes().to_vec();
        from.take(body.into()).read_to_end(&mut bytes).await?;
        if bytes.len() < length as usize {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(Self { kind: None, bytes })
    }

    /// The text of the statement that it asks for, as a simple query or to be prepared.
    pub(crate) fn statement(&self) -> Option<&[u8]> {
        const SIMPLE_QUERY: u8 = b'Q';
        const PARSE: u8 = b'P';
        let body = self.bytes.get(5..).unwrap_or_default();
        let mut texts = body.split(|it| *it == 0);
        match self.kind {
            Some(SIMPLE_QUERY) => texts.next(),
            Some(PARSE) => texts.nth(1),
            _ => None,
        }
    }
}
