//! Helpers that write what `derive(Debug)` writes, also over several lines.

use super::{Debug, Display, Formatter, Result, Write};

/// Indents every line that is written through it.
struct PadAdapter<'buf, 'state> {
    buf: &'buf mut (dyn Write + 'buf),
    on_newline: &'state mut bool,
}

impl Write for PadAdapter<'_, '_> {
    fn write_str(&mut self, s: &str) -> Result {
        let mut rest = s;
        while !rest.is_empty() {
            if *self.on_newline {
                self.buf.write_str("    ")?;
            }
            let (line, tail) = match rest.as_bytes().find_byte(b'\n') {
                Some(end) => unsafe { (rest.get_unchecked(..end + 1), rest.get_unchecked(end + 1..)) },
                None => (rest, ""),
            };
            *self.on_newline = line.as_bytes()[line.len() - 1] == b'\n';
            self.buf.write_str(line)?;
            rest = tail;
        }
        Ok(())
    }
}

/// Writes a value and a comma on lines of their own, indented; `before` comes first.
fn write_indented(
    fmt: &mut Formatter<'_>,
    before: &str,
    between: &str,
    after: &str,
    on_newline: &mut bool,
    value: impl FnOnce(&mut Formatter<'_>) -> Result,
) -> Result {
    let (flags, fill, align) = (fmt.flags, fmt.fill, fmt.align);
    let (width, precision) = (fmt.width, fmt.precision);
    let mut adapter = PadAdapter { buf: &mut *fmt.buf, on_newline };
    adapter.write_str(before)?;
    adapter.write_str(between)?;
    let mut inner = Formatter { flags, fill, align, width, precision, buf: &mut adapter };
    value(&mut inner)?;
    adapter.write_str(after)
}

/// Writes a struct.
#[must_use = "must eventually call `finish()` on Debug builders"]
pub struct DebugStruct<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}

pub(super) fn debug_struct_new<'a, 'b>(fmt: &'a mut Formatter<'b>, name: &str) -> DebugStruct<'a, 'b> {
    let result = fmt.write_str(name);
    DebugStruct { fmt, result, has_fields: false }
}

impl<'a, 'b: 'a> DebugStruct<'a, 'b> {
    /// Writes a field.
    pub fn field(&mut self, name: &str, value: &dyn Debug) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(name, |f| value.fmt(f));
        }
        self
    }

    /// Writes a field by a function.
    #[unstable(feature = "debug_closure_helpers")]
    pub fn field_with<F: FnOnce(&mut Formatter<'_>) -> Result>(&mut self, name: &str, value_fmt: F) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(name, value_fmt);
        }
        self
    }

    fn write_field(&mut self, name: &str, value: impl FnOnce(&mut Formatter<'_>) -> Result) -> Result {
        let first = !self.has_fields;
        self.has_fields = true;
        if self.fmt.alternate() {
            if first {
                self.fmt.write_str(" {\n")?;
            }
            let mut on_newline = true;
            write_indented(self.fmt, name, ": ", ",\n", &mut on_newline, value)
        } else {
            self.fmt.write_str(if first { " { " } else { ", " })?;
            self.fmt.write_str(name)?;
            self.fmt.write_str(": ")?;
            value(self.fmt)
        }
    }

    /// Ends the struct and says that there are more fields.
    pub fn finish_non_exhaustive(&mut self) -> Result {
        if self.result.is_ok() {
            self.result = if !self.has_fields {
                self.fmt.write_str(" { .. }")
            } else if self.fmt.alternate() {
                self.fmt.write_str("    ..\n}")
            } else {
                self.fmt.write_str(", .. }")
            };
        }
        self.result
    }

    /// Ends the struct.
    pub fn finish(&mut self) -> Result {
        if self.has_fields && self.result.is_ok() {
            self.result = self.fmt.write_str(if self.fmt.alternate() { "}" } else { " }" });
        }
        self.result
    }
}

/// Writes a tuple struct.
#[must_use = "must eventually call `finish()` on Debug builders"]
pub struct DebugTuple<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    fields: usize,
    empty_name: bool,
}

pub(super) fn debug_tuple_new<'a, 'b>(fmt: &'a mut Formatter<'b>, name: &str) -> DebugTuple<'a, 'b> {
    let result = fmt.write_str(name);
    DebugTuple { fmt, result, fields: 0, empty_name: name.is_empty() }
}

impl<'a, 'b: 'a> DebugTuple<'a, 'b> {
    /// Writes a field.
    pub fn field(&mut self, value: &dyn Debug) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(|f| value.fmt(f));
        }
        self
    }

    /// Writes a field by a function.
    #[unstable(feature = "debug_closure_helpers")]
    pub fn field_with<F: FnOnce(&mut Formatter<'_>) -> Result>(&mut self, value_fmt: F) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(value_fmt);
        }
        self
    }

    fn write_field(&mut self, value: impl FnOnce(&mut Formatter<'_>) -> Result) -> Result {
        let first = self.fields == 0;
        self.fields += 1;
        if self.fmt.alternate() {
            if first {
                self.fmt.write_str("(\n")?;
            }
            let mut on_newline = true;
            write_indented(self.fmt, "", "", ",\n", &mut on_newline, value)
        } else {
            self.fmt.write_str(if first { "(" } else { ", " })?;
            value(self.fmt)
        }
    }

    /// Ends the tuple and says that there are more fields.
    pub fn finish_non_exhaustive(&mut self) -> Result {
        if self.result.is_ok() {
            self.result = if self.fields == 0 {
                self.fmt.write_str("(..)")
            } else if self.fmt.alternate() {
                self.fmt.write_str("    ..\n)")
            } else {
                self.fmt.write_str(", ..)")
            };
        }
        self.result
    }

    /// Ends the tuple.
    pub fn finish(&mut self) -> Result {
        if self.fields > 0 && self.result.is_ok() {
            if self.fields == 1 && self.empty_name && !self.fmt.alternate() {
                self.result = self.fmt.write_str(",");
            }
            if self.result.is_ok() {
                self.result = self.fmt.write_str(")");
            }
        }
        self.result
    }
}

/// The items of a list or set.
struct DebugInner<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}

impl<'a, 'b: 'a> DebugInner<'a, 'b> {
    fn entry(&mut self, entry: impl FnOnce(&mut Formatter<'_>) -> Result) {
        if self.result.is_ok() {
            self.result = self.write_entry(entry);
        }
    }

    fn write_entry(&mut self, entry: impl FnOnce(&mut Formatter<'_>) -> Result) -> Result {
        let first = !self.has_fields;
        self.has_fields = true;
        if self.fmt.alternate() {
            if first {
                self.fmt.write_str("\n")?;
            }
            let mut on_newline = true;
            write_indented(self.fmt, "", "", ",\n", &mut on_newline, entry)
        } else {
            if !first {
                self.fmt.write_str(", ")?;
            }
            entry(self.fmt)
        }
    }

    fn finish(&mut self, end: &str) -> Result {
        if self.result.is_ok() {
            self.result = self.fmt.write_str(end);
        }
        self.result
    }

    fn finish_non_exhaustive(&mut self, end: &str) -> Result {
        if self.result.is_ok() {
            self.result = if !self.has_fields {
                self.fmt.write_str("..")
            } else if self.fmt.alternate() {
                self.fmt.write_str("    ..\n")
            } else {
                self.fmt.write_str(", ..")
            };
        }
        self.finish(end)
    }
}

macro_rules! debug_items {
    ($name:ident $new:ident $open:literal $close:literal) => {
        /// Writes items between brackets.
        #[must_use = "must eventually call `finish()` on Debug builders"]
        pub struct $name<'a, 'b: 'a> {
            inner: DebugInner<'a, 'b>,
        }

        pub(super) fn $new<'a, 'b>(fmt: &'a mut Formatter<'b>) -> $name<'a, 'b> {
            let result = fmt.write_str($open);
            $name { inner: DebugInner { fmt, result, has_fields: false } }
        }

        impl<'a, 'b: 'a> $name<'a, 'b> {
            /// Writes an item.
            pub fn entry(&mut self, entry: &dyn Debug) -> &mut Self {
                self.inner.entry(|f| entry.fmt(f));
                self
            }

            /// Writes an item by a function.
            pub fn entry_with<F: FnOnce(&mut Formatter<'_>) -> Result>(&mut self, entry_fmt: F) -> &mut Self {
                self.inner.entry(entry_fmt);
                self
            }

            /// Writes all items.
            pub fn entries<D: Debug, I: IntoIterator<Item = D>>(&mut self, entries: I) -> &mut Self {
                let mut entries = entries.into_iter();
                while let Some(entry) = entries.next() {
                    self.inner.entry(|f| entry.fmt(f));
                }
                self
            }

            /// Ends the list.
            pub fn finish(&mut self) -> Result {
                self.inner.finish($close)
            }

            /// Ends the list and says that there are more items.
            pub fn finish_non_exhaustive(&mut self) -> Result {
                self.inner.finish_non_exhaustive($close)
            }
        }
    };
}
debug_items! { DebugSet debug_set_new "{" "}" }
debug_items! { DebugList debug_list_new "[" "]" }

/// Writes a map.
#[must_use = "must eventually call `finish()` on Debug builders"]
pub struct DebugMap<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
    has_key: bool,
    /// Whether the next text begins a line; kept from a key to its value.
    on_newline: bool,
}

pub(super) fn debug_map_new<'a, 'b>(fmt: &'a mut Formatter<'b>) -> DebugMap<'a, 'b> {
    let result = fmt.write_str("{");
    DebugMap { fmt, result, has_fields: false, has_key: false, on_newline: true }
}

impl<'a, 'b: 'a> DebugMap<'a, 'b> {
    /// Writes a key and its value.
    pub fn entry(&mut self, key: &dyn Debug, value: &dyn Debug) -> &mut Self {
        self.key(key).value(value)
    }

    /// Writes a key.
    pub fn key(&mut self, key: &dyn Debug) -> &mut Self {
        self.key_with(|f| key.fmt(f))
    }

    /// Writes a key by a function.
    #[unstable(feature = "debug_closure_helpers")]
    pub fn key_with<F: FnOnce(&mut Formatter<'_>) -> Result>(&mut self, key_fmt: F) -> &mut Self {
        if self.result.is_ok() {
            assert!(
                !self.has_key,
                "attempted to begin a new map entry without completing the previous one"
            );
            self.result = self.write_key(key_fmt);
        }
        self
    }

    fn write_key(&mut self, key: impl FnOnce(&mut Formatter<'_>) -> Result) -> Result {
        let first = !self.has_fields;
        self.has_fields = true;
        if self.fmt.alternate() {
            if first {
                self.fmt.write_str("\n")?;
            }
            self.on_newline = true;
            write_indented(self.fmt, "", "", ": ", &mut self.on_newline, key)?;
        } else {
            if !first {
                self.fmt.write_str(", ")?;
            }
            key(self.fmt)?;
            self.fmt.write_str(": ")?;
        }
        self.has_key = true;
        Ok(())
    }

    /// Writes a value.
    pub fn value(&mut self, value: &dyn Debug) -> &mut Self {
        self.value_with(|f| value.fmt(f))
    }

    /// Writes a value by a function.
    #[unstable(feature = "debug_closure_helpers")]
    pub fn value_with<F: FnOnce(&mut Formatter<'_>) -> Result>(&mut self, value_fmt: F) -> &mut Self {
        if self.result.is_ok() {
            assert!(self.has_key, "attempted to format a map value before its key");
            self.result = if self.fmt.alternate() {
                write_indented(self.fmt, "", "", ",\n", &mut self.on_newline, value_fmt)
            } else {
                value_fmt(self.fmt)
            };
            self.has_key = false;
        }
        self
    }

    /// Writes all keys and values.
    pub fn entries<K: Debug, V: Debug, I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) -> &mut Self {
        let mut entries = entries.into_iter();
        while let Some((k, v)) = entries.next() {
            self.entry(&k, &v);
        }
        self
    }

    /// Ends the map and says that there are more entries.
    pub fn finish_non_exhaustive(&mut self) -> Result {
        if self.result.is_ok() {
            assert!(!self.has_key, "attempted to finish a map with a partial entry");
            self.result = if !self.has_fields {
                self.fmt.write_str("..}")
            } else if self.fmt.alternate() {
                self.fmt.write_str("    ..\n}")
            } else {
                self.fmt.write_str(", ..}")
            };
        }
        self.result
    }

    /// Ends the map.
    pub fn finish(&mut self) -> Result {
        if self.result.is_ok() {
            assert!(!self.has_key, "attempted to finish a map with a partial entry");
            self.result = self.fmt.write_str("}");
        }
        self.result
    }
}

/// What a function writes, as a value.
pub const fn from_fn<F: Fn(&mut Formatter<'_>) -> Result>(f: F) -> FromFn<F> {
    FromFn(f)
}

/// What a function writes, as a value.
pub struct FromFn<F>(F);

impl<F: Fn(&mut Formatter<'_>) -> Result> Debug for FromFn<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        (self.0)(f)
    }
}

impl<F: Fn(&mut Formatter<'_>) -> Result> Display for FromFn<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        (self.0)(f)
    }
}
