//! The teams of a file, which are its players.

use std::collections::BTreeMap;

use domain::{NewPlayer, PlayerId};

use super::Node;
use crate::import::{ProblemKind, Problems, problem::quoted, text};

/// The teams met so far, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Teams {
    players: Vec<NewPlayer>,
    known: BTreeMap<String, Known>,
}

/// Who has a key, and since which line.
#[derive(Debug)]
struct Known {
    name: String,
    line: u64,
}

impl Teams {
    /// The team that `node` names, by a text or by an object that has a name.
    pub(super) fn player(&mut self, node: &Node<'_>, problems: &mut Problems) -> Option<PlayerId> {
        let named = if node.is_object() { node.needed("name", problems)? } else { node.clone() };
        let name = named.text(problems)?;
        let key = slug(name);
        if key.is_empty() {
            return named.wrong("a name with letters or digits", problems);
        }
        let checked = text::check(&key, |kind, message| named.problem(kind, message));
        problems.note(checked)?;
        let Some(known) = self.known.get(&key) else {
            let known = Known { name: name.to_owned(), line: named.line() };
            self.known.insert(key.clone(), known);
            self.players.push(NewPlayer::new(&key, name));
            return Some(PlayerId::of(&key));
        };
        if known.name == name {
            return Some(PlayerId::of(&key));
        }
        let message = format!(
            "{} and {} of line {} would both be player {key}",
            quoted(name),
            quoted(&known.name),
            known.line
        );
        let problem = named.problem(ProblemKind::Repeated, message).found(name);
        problems.push(problem.advice("write the name of a team always the same way"));
        None
    }

    /// Every team once.
    pub(super) fn into_players(self) -> Vec<NewPlayer> {
        self.players
    }
}

/// The key of a team: its name in lower case, words joined by hyphens, marks taken off Latin letters.
/// Keys are for ever, so this must never change for a name that it has been used on.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match folded(letter) {
            Some(plain) => slug.push_str(plain),
            None if letter.is_alphanumeric() => slug.push(letter),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn folded(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ä' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        // "Côte d'Ivoire" loses its apostrophe to a hyphen like any other mark; combining marks,
        // the other way to write an accent, are just dropped.
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_plain_name_however_its_accents_are_written() {
        let keys = [
            ("South Korea", "south-korea"),
            ("Côte d'Ivoire", "cote-d-ivoire"),
            ("Co\u{302}te d\u{2019}Ivoire", "cote-d-ivoire"),
            ("Bosnia-Herzegovina", "bosnia-herzegovina"),
            ("  1. FC Köln! ", "1-fc-koln"),
            ("Россия", "россия"),
            ("!?", ""),
        ];

        for (name, key) in keys {
            assert_eq!(slug(name), key, "{name}");
        }
    }
}
