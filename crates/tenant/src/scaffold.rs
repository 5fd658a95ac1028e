//! The folder of a new bank: commented files that pass every check as they are.

use renkei_core::tenant::TenantId;

/// What a new bank is made of.
#[derive(Clone, Debug)]
pub struct Scaffold {
    /// Its id, the name of its folder.
    pub id: TenantId,
    /// 金融機関コード, four digits.
    pub bank_code: String,
    /// Its name in Japanese.
    pub name_ja: String,
    /// Its name in English.
    pub name_en: String,
    /// Its internet banking in Japanese; made of its name when not given.
    pub product_ja: Option<String>,
    /// Its internet banking in English; made of its name when not given.
    pub product_en: Option<String>,
    /// Its web site; one that does not exist when not given.
    pub site: Option<String>,
    /// The branches of its demo customers, two of those the bank has.
    pub branches: [String; 2],
}

impl Scaffold {
    /// The files: path below the folder, and text.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let product_ja = || format!("{} インターネットバンキング", self.name_ja);
        let product_en = || format!("{} Internet Banking", self.name_en);
        let seal = self.name_ja.chars().next().unwrap_or('連').to_string();
        let site = || format!("https://{}.example", self.id);
        let [first, second] = &self.branches;
        let values = [
            ("@ID@", self.id.to_string()),
            ("@SEED@", self.seed()),
            ("@BANK_CODE@", quoted(&self.bank_code)),
            ("@NAME_JA@", quoted(&self.name_ja)),
            ("@NAME_EN@", quoted(&self.name_en)),
            (
                "@PRODUCT_JA@",
                quoted(&self.product_ja.clone().unwrap_or_else(product_ja)),
            ),
            (
                "@PRODUCT_EN@",
                quoted(&self.product_en.clone().unwrap_or_else(product_en)),
            ),
            ("@BRANCH_1@", quoted(first)),
            ("@BRANCH_2@", quoted(second)),
            ("@SEAL@", quoted(&seal)),
            ("@SITE@", quoted(&self.site.clone().unwrap_or_else(site))),
        ];
        let filled = |text: &str| {
            values.iter().fold(text.to_owned(), |text, (mark, value)| {
                text.replace(mark, value)
            })
        };
        FILES.map(|(path, text)| (path, filled(text))).into()
    }

    /// A number that makes this bank's statements differ from every other's.
    fn seed(&self) -> String {
        let digits = self.bank_code.trim_start_matches('0');
        if digits.is_empty() { "1" } else { digits }.to_owned()
    }
}

/// A text as YAML reads it back, whatever it holds: JSON's way of writing it is YAML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

const FILES: [(&str, &str); 5] = [
    ("tenant.yaml", include_str!("../scaffold/tenant.yaml")),
    ("theme.yaml", include_str!("../scaffold/theme.yaml")),
    ("demo.yaml", include_str!("../scaffold/demo.yaml")),
    ("texts/ja.ftl", include_str!("../scaffold/ja.ftl")),
    ("texts/en.ftl", include_str!("../scaffold/en.ftl")),
];
