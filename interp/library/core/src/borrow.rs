//! `Borrow` and `BorrowMut`: lending a value as another type with the same equality, order and hash.

/// Lending as `&Borrowed`.
pub trait Borrow<Borrowed: ?Sized> {
    /// The value as `&Borrowed`.
    fn borrow(&self) -> &Borrowed;
}

/// Lending as `&mut Borrowed`.
pub trait BorrowMut<Borrowed: ?Sized>: Borrow<Borrowed> {
    /// The value as `&mut Borrowed`.
    fn borrow_mut(&mut self) -> &mut Borrowed;
}

impl<T: ?Sized> Borrow<T> for T {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> BorrowMut<T> for T {
    fn borrow_mut(&mut self) -> &mut T {
        self
    }
}

impl<T: ?Sized> Borrow<T> for &T {
    fn borrow(&self) -> &T {
        *self
    }
}

impl<T: ?Sized> Borrow<T> for &mut T {
    fn borrow(&self) -> &T {
        *self
    }
}

impl<T: ?Sized> BorrowMut<T> for &mut T {
    fn borrow_mut(&mut self) -> &mut T {
        *self
    }
}
