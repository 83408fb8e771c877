//! Where a list goes on: opaque to callers, and of one list only.

use std::str::FromStr;

use app_service::{
    LeaderPlace,
    domain::{ChargeId, PlayerId, TournamentId},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::problem::{Code, Problem};

/// What a cursor is made of. A change of it makes the cursors that are out there bad, not wrong.
const VERSION: &str = "1";

/// The key of the last row that a caller has seen.
pub(crate) trait CursorKey: Sized {
    /// As text, without line breaks.
    fn write(&self) -> String;

    /// From that text.
    fn read(text: &str) -> Option<Self>;
}

/// A cursor behind `key` in `list`.
pub(crate) fn write(list: &str, key: &impl CursorKey) -> String {
    BASE64_URL_SAFE_NO_PAD.encode([VERSION, list, &key.write()].join("\n"))
}

/// The key that a cursor of `list` was made of.
pub(crate) fn read<Key: CursorKey>(list: &str, cursor: &str) -> Result<Key, Problem> {
    let detail = "send a cursor as the last page of this list gave it, or none for the first page";
    decode(list, cursor).ok_or_else(|| Problem::new(Code::CursorInvalid, detail))
}

fn decode<Key: CursorKey>(list: &str, cursor: &str) -> Option<Key> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.split('\n');
    let of_this_list = parts.next()? == VERSION && parts.next()? == list;
    let key = parts.next()?;
    if of_this_list && parts.next().is_none() { Key::read(key) } else { None }
}

macro_rules! as_text {
    ($($key:ty),+) => {
        $(impl CursorKey for $key {
            fn write(&self) -> String {
                self.to_string()
            }

            fn read(text: &str) -> Option<Self> {
                Self::from_str(text).ok()
            }
        })+
    };
}

as_text!(i64, ChargeId, PlayerId, TournamentId, Uuid);

impl CursorKey for LeaderPlace {
    fn write(&self) -> String {
        format!("{} {} {}", self.value, self.xp, self.player)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let place = Self {
            value: parts.next()?.parse().ok()?,
            xp: parts.next()?.parse().ok()?,
            player: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_in_its_own_list_only() {
        let place = LeaderPlace { value: -1, xp: 20, player: PlayerId::of("ada") };
        let cursor = write("leaders", &place);

        assert_eq!(decode("leaders", &cursor), Some(place));
        assert_eq!(decode::<LeaderPlace>("players", &cursor), None);
        assert_eq!(decode::<PlayerId>("leaders", &cursor), None);
    }

    #[test]
    fn what_was_not_made_here_is_no_cursor() {
        let made = write("ledger", &7_i64);
        let longer = format!("{made}AA");
        let other = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let version = other("2\nledger\n7");
        let more = other("1\nledger\n7\n8");

        for cursor in ["", "7", "!", &made[1..], &longer, &version, &more] {
            assert_eq!(decode::<i64>("ledger", cursor), None, "{cursor}");
        }
    }
}
