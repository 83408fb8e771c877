//! Keys of the HTTP interface, and a secret for the one time that it is shown.

use app_service::{ApiKeyState, ApiKeyView, IssuedApiKey, Timestamp};
use serde::Serialize;

use super::{
    Style, View,
    table::{Column, Table, Tone},
};

/// A key that was given out, or has another secret.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct NewSecret(pub(crate) IssuedApiKey);

/// One key.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ApiKeySheet(pub(crate) ApiKeyView);

/// All keys.
#[derive(Debug, Serialize)]
pub(crate) struct ApiKeyList {
    pub(crate) keys: Vec<ApiKeyView>,
}

impl View for NewSecret {
    fn text(&self, style: Style) -> String {
        let IssuedApiKey { key, secret } = &self.0;
        let until = key
            .previous_until
            .map(|it| format!("The secret before it counts until {}.\n", moment(it)));
        format!(
            "{} of `{}`, {}. This is shown once:\n\n{}\n\n{}",
            style.strong(&key.prefix),
            key.name,
            key.role,
            secret.reveal(),
            until.unwrap_or_default(),
        )
    }
}

impl View for ApiKeySheet {
    fn text(&self, style: Style) -> String {
        let key = &self.0;
        let since = key.revoked_at.map(|it| format!(" since {}", moment(it))).unwrap_or_default();
        let name = style.strong(&key.prefix);
        format!("{name} of `{}`, {}: {}{since}.\n", key.name, key.role, key.state.as_str())
    }
}

impl View for ApiKeyList {
    fn text(&self, style: Style) -> String {
        if self.keys.is_empty() {
            return "There is no API key: `guerdon api-key create NAME --role ROLE` makes one.\n"
                .to_owned();
        }
        let columns = ["key", "name", "role", "state", "expires", "last used", "created", "by"]
            .map(Column::Word);
        let mut table = Table::new(&columns, style);
        for it in &self.keys {
            let word = |text: &str| (Tone::Plain, text.to_owned());
            let day = |at: Option<Timestamp>| (Tone::Plain, at.map(moment).unwrap_or_default());
            table.toned_row([
                word(&it.prefix),
                word(&it.name),
                word(it.role),
                (tone(it.state), it.state.as_str().to_owned()),
                day(it.expires_at),
                day(it.last_used_at),
                day(Some(it.created_at)),
                word(&it.created_by),
            ]);
        }
        table.text()
    }
}

fn tone(state: ApiKeyState) -> Tone {
    match state {
        ApiKeyState::Active => Tone::Good,
        ApiKeyState::Expired => Tone::Doubtful,
        ApiKeyState::Revoked => Tone::Bad,
    }
}

/// A moment, to the minute.
fn moment(at: Timestamp) -> String {
    let at = at.to_utc();
    format!("{} {:02}:{:02}Z", at.date(), at.hour(), at.minute())
}
