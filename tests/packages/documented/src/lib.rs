//! What documentation tests may be.
//!
//! ```
//! use documented::Stack;
//! let mut stack = Stack::new();
//! stack.push(1);
//! assert_eq!(stack.pop(), Some(1));
//! ```

/// A stack.
///
/// Indented code is code too:
///
///     assert_eq!(1 + 1, 2);
///
/// ```text
/// this is none
/// ```
pub struct Stack {
    items: Vec<i32>,
}

impl Stack {
    /// Hidden lines are part of the test:
    ///
    /// ```
    /// # use documented::Stack;
    /// # fn helper() -> Stack { Stack::new() }
    /// let mut stack = helper();
    /// #[allow(unused)]
    /// let text = "## is no
    /// ## hidden line";
    /// assert!(stack.pop().is_none() && text.contains('#'));
    /// ```
    pub fn new() -> Stack {
        Stack { items: Vec::new() }
    }

    /// ```should_panic
    /// documented::Stack::new().pop().unwrap();
    /// ```
    ///
    /// ```no_run
    /// loop {
    ///     documented::Stack::new();
    /// }
    /// ```
    pub fn pop(&mut self) -> Option<i32> {
        self.items.pop()
    }

    /// ```compile_fail
    /// documented::Stack::new().push("text");
    /// ```
    ///
    /// ```compile_fail,E0061
    /// documented::Stack::new().push();
    /// ```
    ///
    /// ```ignore
    /// this is not even Rust
    /// ```
    pub fn push(&mut self, item: i32) {
        self.items.push(item);
    }
}

pub mod inner {
    /// A `main` in a block is not the program's:
    ///
    /// ```
    /// # #[cfg(not(missing))] {
    /// use documented::inner::halve;
    ///
    /// fn main() {
    ///     panic!("not called: {:?}", halve("8"));
    /// }
    /// # }
    /// ```
    ///
    /// Nor is `fn main` in a comment:
    ///
    /// ```
    /// // fn main() {}
    /// assert_eq!(documented::inner::halve("2"), Ok(1));
    /// ```
    ///
    /// One that a macro makes is:
    ///
    /// ```
    /// macro_rules! program { ($($item:item)*) => { $($item)* } }
    /// program! {
    ///     fn main() {}
    /// }
    /// ```
    ///
    /// ```
    /// use documented::inner::halve;
    ///
    /// fn main() {
    ///     assert_eq!(halve("8"), Ok(4));
    /// }
    /// ```
    ///
    /// A question mark needs a last line that says what may go wrong:
    ///
    /// ```rust
    /// let four = documented::inner::halve("8")?;
    /// assert_eq!(four, 4);
    /// # Ok::<(), std::num::ParseIntError>(())
    /// ```
    pub fn halve(text: &str) -> Result<i32, std::num::ParseIntError> {
        Ok(text.parse::<i32>()? / 2)
    }
}

/// ```
/// println!("shown, for it fails");
/// assert_eq!(documented::three!(), 4);
/// ```
///
/// ~~~
/// let x: u8 = "text";
/// ~~~
///
/// ```should_panic
/// documented::three!();
/// ```
///
/// ```compile_fail
/// documented::three!();
/// ```
#[macro_export]
macro_rules! three {
    () => {
        3
    };
}
