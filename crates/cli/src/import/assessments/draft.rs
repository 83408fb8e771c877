//! Assessments while a file is read: each field is checked by itself, so that nothing wrong is missed.

use std::collections::HashMap;

use app_service::Guerdon;
use domain::{Assessment, AssessmentId, PlayerId, SkillName, Tenths};

use crate::import::{Problem, ProblemKind, Problems, problem::quoted, source::Source, text};

/// What every assessment says, as columns and members are called.
pub(super) const FIELDS: [&str; 5] = ["player", "skill", "percentage", "assessor", "occasion"];

/// One field of one assessment.
pub(super) struct Field<'file> {
    pub(super) line: u64,
    /// The column, or the path of the member.
    pub(super) name: String,
    pub(super) text: &'file str,
}

/// Where an assessment stands, and whom it is of as the file says it.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) field: String,
    pub(super) player: String,
}

/// Everything that was read so far.
pub(super) struct Drafts<'file> {
    pub(super) problems: Problems,
    source: &'file Source,
    assessments: Vec<Assessment>,
    places: Vec<Place>,
    /// The line of each word of each player.
    seen: HashMap<(PlayerId, AssessmentId), u64>,
    count: usize,
}

impl<'file> Drafts<'file> {
    pub(super) fn new(source: &'file Source) -> Self {
        Self {
            problems: Problems::default(),
            source,
            assessments: vec![],
            places: vec![],
            seen: HashMap::new(),
            count: 0,
        }
    }

    /// Takes one assessment in, its fields in the order of [`FIELDS`]; those that are missing were
    /// noted. `false` when no more are taken.
    pub(super) fn add(&mut self, line: u64, fields: [Option<Field<'_>>; FIELDS.len()]) -> bool {
        self.count += 1;
        if self.count > Guerdon::ASSESSMENTS_MAX {
            self.problems.push(self.too_many(line));
            return false;
        }
        let [player, skill, percentage, assessor, occasion] = fields;
        let skill = self.checked(skill.as_ref(), |it| SkillName::new(it).ok(), SKILL);
        let percentage = self.checked(percentage.as_ref(), self::percentage_of, PERCENTAGE);
        let assessor = self.text(assessor.as_ref());
        let occasion = self.text(occasion.as_ref());
        let named = self.text(player.as_ref());
        let all = (player, named, skill, percentage, assessor, occasion);
        let (
            Some(field),
            Some(named),
            Some(skill),
            Some(percentage),
            Some(assessor),
            Some(occasion),
        ) = all
        else {
            return true;
        };
        let id = AssessmentId::on(&occasion, &assessor, &skill);
        let player = named.parse().unwrap_or_else(|_| PlayerId::of(&named));
        let first = *self.seen.entry((player, id)).or_insert(line);
        if first != line {
            self.problems.push(self.repeated(line, first));
            return true;
        }
        self.places.push(Place { line: field.line, field: field.name, player: named });
        self.assessments.push(Assessment { id, player, skill, percentage, assessor });
        true
    }

    /// The assessments and their places, or all that is wrong.
    pub(super) fn finish(mut self) -> Result<(Vec<Assessment>, Vec<Place>), Vec<Problem>> {
        if self.count == 0 && self.problems.is_empty() {
            let problem = self.source.problem(ProblemKind::Empty, "there are no assessments in it");
            self.problems.push(problem.advice("check that the file is the right one"));
        }
        if self.problems.is_empty() {
            Ok((self.assessments, self.places))
        } else {
            Err(self.problems.into_vec())
        }
    }

    /// What a field says, or a problem that names what it should.
    fn checked<Value>(
        &mut self,
        field: Option<&Field<'_>>,
        read: impl Fn(&str) -> Option<Value>,
        expected: &str,
    ) -> Option<Value> {
        let Field { line, name, text } = field?;
        let value = read(text);
        if value.is_none() {
            let message = format!("{} is not understood", quoted(text));
            let problem = self.source.problem(ProblemKind::Invalid, message).at(*line).field(name);
            let problem = problem.found(*text).expected(expected);
            self.problems.push(problem.advice("correct it"));
        }
        value
    }

    fn text(&mut self, field: Option<&Field<'_>>) -> Option<String> {
        let Field { line, name, text } = field?;
        let checked = text::check(text, |kind, message| {
            self.source.problem(kind, message).at(*line).field(name)
        });
        self.problems.note(checked).map(|()| (*text).to_owned())
    }

    fn repeated(&self, line: u64, first: u64) -> Box<Problem> {
        let message = format!("the assessor says this in line {first} already, on this occasion");
        self.source
            .problem(ProblemKind::Repeated, message)
            .at(line)
            .advice("remove one of the two, or name another occasion")
    }

    fn too_many(&self, line: u64) -> Box<Problem> {
        let max = Guerdon::ASSESSMENTS_MAX;
        self.source
            .problem(ProblemKind::TooLarge, format!("there are more than {max} assessments"))
            .at(line)
            .advice("make several files of it")
    }
}

const SKILL: &str = "a skill in 1 to 64 of a-z, 0-9, `_` and `-`";
const PERCENTAGE: &str = "a number from 0 to 100 with at most one decimal";

/// A percentage as people write it.
pub fn percentage(text: &str) -> Result<Tenths, String> {
    percentage_of(text).ok_or_else(|| format!("expected {PERCENTAGE}"))
}

fn percentage_of(text: &str) -> Option<Tenths> {
    let (whole, decimal) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(decimal) || decimal.len() != 1 {
        return None;
    }
    let tenths = whole.parse::<i32>().ok()?.checked_mul(10)?.checked_add(decimal.parse().ok()?)?;
    (tenths <= 1_000).then_some(Tenths::new(tenths))
}
