//! Settings: their values, and who has set them.

use serde::Serialize;

use super::{
    Style, View,
    style::count,
    table::{Column, Table},
};

/// A setting, as it is in force.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SettingLine {
    /// The name of its flag.
    pub(crate) setting: String,
    /// What it is set to, without a password; nothing if it is not set.
    pub(crate) value: Option<String>,
    /// Who has set it: a place in a file, a variable, the command line or nobody.
    pub(crate) source: String,
}

/// All settings.
#[derive(Debug, Serialize)]
pub(crate) struct SettingList {
    pub(crate) settings: Vec<SettingLine>,
}

/// Settings that are as they should be.
#[derive(Debug, Serialize)]
pub(crate) struct GoodSettings {
    /// Where they are from.
    pub(crate) place: String,
    /// How many of them somebody has set.
    pub(crate) set: usize,
}

impl View for SettingList {
    fn text(&self, style: Style) -> String {
        let columns = ["setting", "value", "set by"].map(Column::Word);
        let mut table = Table::new(&columns, style);
        for it in &self.settings {
            let value = it.value.clone().unwrap_or_else(|| "-".to_owned());
            table.row([it.setting.clone(), value, it.source.clone()]);
        }
        table.text()
    }
}

impl View for GoodSettings {
    fn text(&self, style: Style) -> String {
        let set = count(self.set as u64, "setting", "settings");
        format!("{} {}: {set}, no problem\n", style.good("ok"), self.place)
    }
}
