//! Formatting of references, text, pointers, slices and the library's simple types.

use super::{flag, Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, Pointer, Result, UpperExp, UpperHex, Write};
use crate::any::type_name;
use crate::ptr::{self, Pointee};
use crate::intrinsics;

macro_rules! references {
    ($($imp:ident)*) => {$(
        impl<T: ?Sized + $imp> $imp for &T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $imp::fmt(&**self, f)
            }
        }

        impl<T: ?Sized + $imp> $imp for &mut T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $imp::fmt(&**self, f)
            }
        }
    )*};
}
references! { Debug Display Octal Binary LowerHex UpperHex LowerExp UpperExp }

impl Debug for ! {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        *self
    }
}

impl Display for ! {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        *self
    }
}

impl Debug for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(if *self { "true" } else { "false" })
    }
}

impl Display for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(if *self { "true" } else { "false" })
    }
}

impl Debug for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('"')?;
        // What needs no escape is written in one go.
        let mut from = 0;
        let mut at = 0;
        for c in self.chars() {
            let len = c.len_utf8();
            if !matches!(c, ' ' | '!' | '#'..='[' | ']'..='~') {
                let mut escape = c.escape_debug_ext(true, false, true);
                if escape.len() != 1 {
                    f.write_str(&self[from..at])?;
                    while let Some(c) = escape.next() {
                        f.write_char(c)?;
                    }
                    from = at + len;
                }
            }
            at += len;
        }
        f.write_str(&self[from..])?;
        f.write_char('"')
    }
}

impl Display for str {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self)
    }
}

impl Debug for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('\'')?;
        let mut escape = self.escape_debug_ext(true, true, false);
        while let Some(c) = escape.next() {
            f.write_char(c)?;
        }
        f.write_char('\'')
    }
}

impl Display for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if f.width.is_none() && f.precision.is_none() {
            f.buf.write_char(*self)
        } else {
            f.pad(self.encode_utf8(&mut [0; 4]))
        }
    }
}

/// Writes an address.
pub(crate) fn pointer_fmt_inner(addr: usize, f: &mut Formatter<'_>) -> Result {
    let (width, flags) = (f.width, f.flags);
    if flags & flag::ALTERNATE != 0 {
        f.flags |= flag::ZERO;
        if f.width.is_none() {
            f.width = Some(18);
        }
    }
    f.flags |= flag::ALTERNATE;
    let result = LowerHex::fmt(&addr, f);
    f.width = width;
    f.flags = flags;
    result
}

impl<T: ?Sized> Pointer for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if intrinsics::size_of::<<T as Pointee>::Metadata>() == 0 {
            return pointer_fmt_inner((*self as *const ()).addr(), f);
        }
        f.debug_struct("Pointer")
            .field_with("addr", |f| pointer_fmt_inner((*self as *const ()).addr(), f))
            .field("metadata", &ptr::metadata(*self))
            .finish()
    }
}

impl<T: ?Sized> Pointer for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(&(*self as *const T), f)
    }
}

impl<T: ?Sized> Pointer for &T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(&(*self as *const T), f)
    }
}

impl<T: ?Sized> Pointer for &mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(&(&**self as *const T), f)
    }
}

impl<T: ?Sized> Debug for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(self, f)
    }
}

impl<T: ?Sized> Debug for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(self, f)
    }
}

impl<T: Debug> Debug for [T] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Debug, const N: usize> Debug for [T; N] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Debug for () {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("()")
    }
}

impl<T: ?Sized> Debug for crate::marker::PhantomData<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "PhantomData<{}>", type_name::<T>())
    }
}
