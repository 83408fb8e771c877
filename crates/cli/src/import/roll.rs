//! Who takes part, in the order of the file, without holding them.

use std::io::{self, BufReader, Read};

use domain::NewPlayer;

use super::scratch::Scratch;

/// Bytes that are held before they are put aside, and that are read at once.
const HELD_BYTES: usize = 1 << 16;

/// Players as they come; whoever stands in the file twice comes twice.
#[derive(Debug, Default)]
pub(super) struct Roll {
    held: Vec<u8>,
    aside: Option<Scratch>,
    players: u64,
}

/// The players of a roll, from the first on.
struct Players<'a> {
    bytes: Box<dyn Read + Send + 'a>,
    left: u64,
}

impl Roll {
    pub(super) fn push(&mut self, player: &NewPlayer) -> io::Result<()> {
        for text in [&player.key, &player.name] {
            let length = u32::try_from(text.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
            self.held.extend(length.to_be_bytes());
            self.held.extend(text.as_bytes());
        }
        self.players += 1;
        if self.held.len() >= HELD_BYTES { self.put_aside() } else { Ok(()) }
    }

    /// Everybody, in the order in which they came.
    pub(super) fn players(&self) -> impl Iterator<Item = io::Result<NewPlayer>> + Send {
        let held = self.held.as_slice();
        let bytes: Box<dyn Read + Send> = match &self.aside {
            None => Box::new(held),
            Some(aside) => {
                Box::new(BufReader::with_capacity(HELD_BYTES, aside.reader(0)).chain(held))
            }
        };
        Players { bytes, left: self.players }
    }

    fn put_aside(&mut self) -> io::Result<()> {
        let aside = match &mut self.aside {
            Some(aside) => aside,
            none => none.insert(Scratch::create()?),
        };
        aside.append(&self.held)?;
        self.held.clear();
        Ok(())
    }
}

impl Players<'_> {
    fn text(&mut self) -> io::Result<String> {
        let mut length = [0; size_of::<u32>()];
        self.bytes.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length));
        let mut text = vec![0; length.map_err(|_| io::ErrorKind::InvalidData)?];
        self.bytes.read_exact(&mut text)?;
        String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

impl Iterator for Players<'_> {
    type Item = io::Result<NewPlayer>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let player = self.text().and_then(|key| Ok(NewPlayer::new(key, self.text()?)));
        Some(player)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_comes_back_in_the_order_in_which_they_came() {
        let players: Vec<_> =
            (0..9_000).map(|n| NewPlayer::new(format!("key {n}"), format!("Näme {n}"))).collect();
        let mut roll = Roll::default();

        for player in &players {
            roll.push(player).unwrap();
        }

        assert!(roll.aside.is_some(), "some were put aside");
        for _ in 0..2 {
            assert_eq!(roll.players().collect::<io::Result<Vec<_>>>().unwrap(), players);
        }
    }
}
