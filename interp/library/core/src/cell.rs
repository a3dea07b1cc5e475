//! Shareable containers whose contents can change.

use crate::cmp::Ordering;
use crate::fmt::{self, Debug, Display};
use crate::intrinsics;
use crate::marker::{PhantomData, Unsize};
use crate::mem;
use crate::ops::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn};
use crate::ptr::{self, NonNull};

mod lazy;
mod once;

pub use self::lazy::LazyCell;
pub use self::once::OnceCell;

/// The one type whose contents may change behind a shared reference.
#[lang = "unsafe_cell"]
#[repr(transparent)]
pub struct UnsafeCell<T: ?Sized> {
    value: T,
}

impl<T: ?Sized> !Sync for UnsafeCell<T> {}

impl<T> UnsafeCell<T> {
    /// Wraps a value.
    #[inline]
    pub const fn new(value: T) -> UnsafeCell<T> {
        UnsafeCell { value }
    }

    /// The value.
    #[inline]
    pub const fn into_inner(self) -> T {
        self.value
    }

    /// Puts a value in and returns the old one; no other access may be going on.
    #[unstable(feature = "unsafe_cell_access")]
    pub const unsafe fn replace(&self, value: T) -> T {
        unsafe { ptr::replace(self.get(), value) }
    }
}

impl<T: ?Sized> UnsafeCell<T> {
    /// The wrapping of a mutable reference.
    #[inline]
    pub const fn from_mut(value: &mut T) -> &mut UnsafeCell<T> {
        unsafe { &mut *(value as *mut T as *mut UnsafeCell<T>) }
    }

    /// A mutable pointer to the value.
    #[inline]
    pub const fn get(&self) -> *mut T {
        self as *const UnsafeCell<T> as *const T as *mut T
    }

    /// A mutable reference to the value.
    #[inline]
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// A mutable pointer to the value, of a pointer to the cell.
    #[inline]
    pub const fn raw_get(this: *const Self) -> *mut T {
        this as *const T as *mut T
    }
}

impl<T: Default> Default for UnsafeCell<T> {
    fn default() -> UnsafeCell<T> {
        UnsafeCell::new(T::default())
    }
}

impl<T> From<T> for UnsafeCell<T> {
    fn from(t: T) -> UnsafeCell<T> {
        UnsafeCell::new(t)
    }
}

impl<T: CoerceUnsized<U>, U> CoerceUnsized<UnsafeCell<U>> for UnsafeCell<T> {}
impl<T: DispatchFromDyn<U>, U> DispatchFromDyn<UnsafeCell<U>> for UnsafeCell<T> {}

impl<T: ?Sized> Debug for UnsafeCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsafeCell").finish_non_exhaustive()
    }
}

/// An `UnsafeCell` that may be shared between threads.
#[repr(transparent)]
pub struct SyncUnsafeCell<T: ?Sized> {
    value: UnsafeCell<T>,
}

unsafe impl<T: ?Sized + Sync> Sync for SyncUnsafeCell<T> {}

impl<T> SyncUnsafeCell<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        SyncUnsafeCell { value: UnsafeCell::new(value) }
    }

    /// The value.
    pub const fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> SyncUnsafeCell<T> {
    /// A mutable pointer to the value.
    pub const fn get(&self) -> *mut T {
        self.value.get()
    }

    /// A mutable reference to the value.
    pub const fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

/// A place whose value is moved in and out.
#[repr(transparent)]
pub struct Cell<T: ?Sized> {
    value: UnsafeCell<T>,
}

unsafe impl<T: ?Sized + Send> Send for Cell<T> {}
impl<T: ?Sized> !Sync for Cell<T> {}

impl<T> Cell<T> {
    /// Wraps a value.
    #[inline]
    pub const fn new(value: T) -> Cell<T> {
        Cell { value: UnsafeCell::new(value) }
    }

    /// Puts a value in, dropping the old one.
    #[inline]
    pub fn set(&self, val: T) {
        let place = &raw const self.value.value as *mut T;
        let _old = unsafe { intrinsics::read_via_copy(place) };
        unsafe { intrinsics::write_via_move(place, val) };
    }

    /// Exchanges the values of two cells.
    pub fn swap(&self, other: &Self) {
        if ptr::eq(self, other) {
            return;
        }
        unsafe { ptr::swap(self.value.get(), other.value.get()) }
    }

    /// Puts a value in and returns the old one.
    #[inline]
    pub const fn replace(&self, val: T) -> T {
        unsafe { ptr::replace(self.value.get(), val) }
    }

    /// The value.
    #[inline]
    pub const fn into_inner(self) -> T {
        self.value.into_inner()
    }

    /// A copy of the value.
    #[inline]
    pub const fn get(&self) -> T
    where
        T: Copy,
    {
        self.value.value
    }

    /// Puts in a function of the value.
    pub fn update(&self, f: impl FnOnce(T) -> T)
    where
        T: Copy,
    {
        let old = self.get();
        self.set(f(old));
    }

    /// Takes the value out, leaving the default.
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(Default::default())
    }
}

impl<T: ?Sized> Cell<T> {
    /// A pointer to the value.
    #[inline]
    pub const fn as_ptr(&self) -> *mut T {
        self.value.get()
    }

    /// A mutable reference to the value.
    #[inline]
    pub const fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// A cell of a mutable reference.
    #[inline]
    pub const fn from_mut(t: &mut T) -> &Cell<T> {
        unsafe { &*(t as *mut T as *const Cell<T>) }
    }
}

impl<T> Cell<[T]> {
    /// The cell of a slice as a slice of cells.
    pub const fn as_slice_of_cells(&self) -> &[Cell<T>] {
        unsafe { &*(self as *const Cell<[T]> as *const [Cell<T>]) }
    }
}

impl<T, const N: usize> Cell<[T; N]> {
    /// The cell of an array as an array of cells.
    pub const fn as_array_of_cells(&self) -> &[Cell<T>; N] {
        unsafe { &*(self as *const Cell<[T; N]> as *const [Cell<T>; N]) }
    }
}

impl<T: Copy> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        Cell::new(self.get())
    }
}

impl<T: Default> Default for Cell<T> {
    fn default() -> Cell<T> {
        Cell::new(Default::default())
    }
}

impl<T: PartialEq + Copy> PartialEq for Cell<T> {
    fn eq(&self, other: &Cell<T>) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq + Copy> Eq for Cell<T> {}

impl<T: PartialOrd + Copy> PartialOrd for Cell<T> {
    fn partial_cmp(&self, other: &Cell<T>) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: Ord + Copy> Ord for Cell<T> {
    fn cmp(&self, other: &Cell<T>) -> Ordering {
        self.get().cmp(&other.get())
    }
}

impl<T> From<T> for Cell<T> {
    fn from(t: T) -> Cell<T> {
        Cell::new(t)
    }
}

impl<T: CoerceUnsized<U>, U> CoerceUnsized<Cell<U>> for Cell<T> {}
impl<T: DispatchFromDyn<U>, U> DispatchFromDyn<Cell<U>> for Cell<T> {}

impl<T: Copy + Debug> Debug for Cell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cell").field("value", &self.get()).finish()
    }
}

/// The count of borrows of a `RefCell`, read and written without a call.
macro_rules! count {
    ($cell:expr) => {
        $cell.value.value
    };
    ($cell:expr, $new:expr) => {
        unsafe { *(&raw const $cell.value.value as *mut isize) = $new }
    };
}

/// A place whose borrows are counted at run time.
pub struct RefCell<T: ?Sized> {
    /// Positive: so many shared borrows; negative: so many mutable ones (parts of one).
    borrow: Cell<isize>,
    value: UnsafeCell<T>,
}

/// The value is mutably borrowed.
pub struct BorrowError {
    _private: (),
}

impl Debug for BorrowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BorrowError").finish()
    }
}

impl Display for BorrowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefCell already mutably borrowed")
    }
}

impl crate::error::Error for BorrowError {}

/// The value is borrowed.
pub struct BorrowMutError {
    _private: (),
}

impl Debug for BorrowMutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BorrowMutError").finish()
    }
}

impl Display for BorrowMutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefCell already borrowed")
    }
}

impl crate::error::Error for BorrowMutError {}

#[cold]
#[track_caller]
fn panic_already_borrowed() -> ! {
    panic!("{}", BorrowMutError { _private: () })
}

#[cold]
#[track_caller]
fn panic_already_mutably_borrowed() -> ! {
    panic!("{}", BorrowError { _private: () })
}

impl<T> RefCell<T> {
    /// Wraps a value.
    #[inline]
    pub const fn new(value: T) -> RefCell<T> {
        RefCell { borrow: Cell::new(0), value: UnsafeCell::new(value) }
    }

    /// The value.
    #[inline]
    pub const fn into_inner(self) -> T {
        self.value.into_inner()
    }

    /// Puts a value in and returns the old one; panics if borrowed.
    #[track_caller]
    pub fn replace(&self, t: T) -> T {
        mem::replace(&mut *self.borrow_mut(), t)
    }

    /// Puts in a function of the value and returns the old one; panics if borrowed.
    #[track_caller]
    pub fn replace_with<F: FnOnce(&mut T) -> T>(&self, f: F) -> T {
        let mut_borrow = &mut *self.borrow_mut();
        let replacement = f(mut_borrow);
        mem::replace(mut_borrow, replacement)
    }

    /// Exchanges the values of two cells; panics if either is borrowed.
    #[track_caller]
    pub fn swap(&self, other: &Self) {
        mem::swap(&mut *self.borrow_mut(), &mut *other.borrow_mut())
    }

    /// Takes the value out, leaving the default; panics if borrowed.
    #[track_caller]
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(Default::default())
    }
}

impl<T: ?Sized> RefCell<T> {
    /// Borrows; panics if mutably borrowed.
    #[inline]
    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        let count = count!(self.borrow);
        if count < 0 {
            panic_already_mutably_borrowed()
        }
        count!(self.borrow, count + 1);
        Ref { value: unsafe { NonNull { pointer: &raw const self.value.value } }, borrow: &self.borrow, marker: PhantomData }
    }

    /// Borrows unless mutably borrowed.
    #[inline]
    pub fn try_borrow(&self) -> Result<Ref<'_, T>, BorrowError> {
        let count = count!(self.borrow);
        if count < 0 {
            return Err(BorrowError { _private: () });
        }
        count!(self.borrow, count + 1);
        Ok(Ref { value: unsafe { NonNull { pointer: &raw const self.value.value } }, borrow: &self.borrow, marker: PhantomData })
    }

    /// Borrows mutably; panics if borrowed.
    #[inline]
    #[track_caller]
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        let count = count!(self.borrow);
        if count != 0 {
            panic_already_borrowed()
        }
        count!(self.borrow, -1);
        RefMut { value: unsafe { NonNull { pointer: &raw const self.value.value } }, borrow: &self.borrow, marker: PhantomData }
    }

    /// Borrows mutably unless borrowed.
    #[inline]
    pub fn try_borrow_mut(&self) -> Result<RefMut<'_, T>, BorrowMutError> {
        if count!(self.borrow) != 0 {
            return Err(BorrowMutError { _private: () });
        }
        count!(self.borrow, -1);
        Ok(RefMut { value: unsafe { NonNull { pointer: &raw const self.value.value } }, borrow: &self.borrow, marker: PhantomData })
    }

    /// A pointer to the value.
    #[inline]
    pub const fn as_ptr(&self) -> *mut T {
        self.value.get()
    }

    /// A mutable reference to the value.
    #[inline]
    pub const fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// A reference that is not counted, unless mutably borrowed.
    pub unsafe fn try_borrow_unguarded(&self) -> Result<&T, BorrowError> {
        if count!(self.borrow) < 0 { Err(BorrowError { _private: () }) } else { unsafe { Ok(&*self.value.get()) } }
    }
}

unsafe impl<T: ?Sized + Send> Send for RefCell<T> {}
impl<T: ?Sized> !Sync for RefCell<T> {}

impl<T: Clone> Clone for RefCell<T> {
    #[track_caller]
    fn clone(&self) -> RefCell<T> {
        RefCell::new(self.borrow().clone())
    }
}

impl<T: Default> Default for RefCell<T> {
    fn default() -> RefCell<T> {
        RefCell::new(Default::default())
    }
}

impl<T: ?Sized + PartialEq> PartialEq for RefCell<T> {
    fn eq(&self, other: &RefCell<T>) -> bool {
        *self.borrow() == *other.borrow()
    }
}

impl<T: ?Sized + Eq> Eq for RefCell<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for RefCell<T> {
    fn partial_cmp(&self, other: &RefCell<T>) -> Option<Ordering> {
        self.borrow().partial_cmp(&*other.borrow())
    }
}

impl<T: ?Sized + Ord> Ord for RefCell<T> {
    fn cmp(&self, other: &RefCell<T>) -> Ordering {
        self.borrow().cmp(&*other.borrow())
    }
}

impl<T> From<T> for RefCell<T> {
    fn from(t: T) -> RefCell<T> {
        RefCell::new(t)
    }
}

impl<T: CoerceUnsized<U>, U> CoerceUnsized<RefCell<U>> for RefCell<T> {}

impl<T: ?Sized + Debug> Debug for RefCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_struct("RefCell");
        match self.try_borrow() {
            Ok(borrow) => d.field("value", &borrow),
            Err(_) => d.field("value", &format_args!("<borrowed>")),
        };
        d.finish()
    }
}

/// A counted shared borrow of a `RefCell`.
pub struct Ref<'b, T: ?Sized + 'b> {
    value: NonNull<T>,
    borrow: &'b Cell<isize>,
    marker: PhantomData<&'b T>,
}

impl<T: ?Sized> Drop for Ref<'_, T> {
    #[inline]
    fn drop(&mut self) {
        count!(self.borrow, count!(self.borrow) - 1);
    }
}

impl<T: ?Sized> Deref for Ref<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        unsafe { &*self.value.pointer }
    }
}

impl<'b, T: ?Sized> Ref<'b, T> {
    /// One more borrow.
    pub fn clone(orig: &Ref<'b, T>) -> Ref<'b, T> {
        orig.borrow.set(orig.borrow.get() + 1);
        Ref { value: orig.value, borrow: orig.borrow, marker: PhantomData }
    }

    /// The borrow of a part.
    pub fn map<U: ?Sized, F: FnOnce(&T) -> &U>(orig: Ref<'b, T>, f: F) -> Ref<'b, U> {
        let value = NonNull::from(f(&*orig));
        let borrow = orig.borrow;
        mem::forget(orig);
        Ref { value, borrow, marker: PhantomData }
    }

    /// The borrow of a part that may not be there.
    pub fn filter_map<U: ?Sized, F: FnOnce(&T) -> Option<&U>>(orig: Ref<'b, T>, f: F) -> Result<Ref<'b, U>, Self> {
        match f(&*orig) {
            Some(part) => {
                let value = NonNull::from(part);
                let borrow = orig.borrow;
                mem::forget(orig);
                Ok(Ref { value, borrow, marker: PhantomData })
            }
            None => Err(orig),
        }
    }

    /// The borrows of two parts.
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&T) -> (&U, &V)>(
        orig: Ref<'b, T>,
        f: F,
    ) -> (Ref<'b, U>, Ref<'b, V>) {
        let (a, b) = f(&*orig);
        let (a, b) = (NonNull::from(a), NonNull::from(b));
        let borrow = orig.borrow;
        borrow.set(borrow.get() + 1);
        mem::forget(orig);
        (Ref { value: a, borrow, marker: PhantomData }, Ref { value: b, borrow, marker: PhantomData })
    }

    /// Gives the borrow up for ever.
    #[unstable(feature = "cell_leak")]
    pub fn leak(orig: Ref<'b, T>) -> &'b T {
        let value = orig.value;
        mem::forget(orig);
        unsafe { &*value.pointer }
    }
}

impl<'b, T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Ref<'b, U>> for Ref<'b, T> {}

impl<T: ?Sized + Display> Display for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + Debug> Debug for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A counted mutable borrow of a `RefCell`.
pub struct RefMut<'b, T: ?Sized + 'b> {
    value: NonNull<T>,
    borrow: &'b Cell<isize>,
    marker: PhantomData<&'b mut T>,
}

impl<T: ?Sized> Drop for RefMut<'_, T> {
    #[inline]
    fn drop(&mut self) {
        count!(self.borrow, count!(self.borrow) + 1);
    }
}

impl<T: ?Sized> Deref for RefMut<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        unsafe { &*self.value.pointer }
    }
}

impl<T: ?Sized> DerefMut for RefMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        unsafe { &mut *(self.value.pointer as *mut T) }
    }
}

impl<'b, T: ?Sized> RefMut<'b, T> {
    /// The borrow of a part.
    pub fn map<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(mut orig: RefMut<'b, T>, f: F) -> RefMut<'b, U> {
        let value = NonNull::from(f(&mut *orig));
        let borrow = orig.borrow;
        mem::forget(orig);
        RefMut { value, borrow, marker: PhantomData }
    }

    /// The borrow of a part that may not be there.
    pub fn filter_map<U: ?Sized, F: FnOnce(&mut T) -> Option<&mut U>>(
        orig: RefMut<'b, T>,
        f: F,
    ) -> Result<RefMut<'b, U>, Self> {
        match f(unsafe { &mut *(orig.value.pointer as *mut T) }) {
            Some(part) => {
                let value = NonNull::from(part);
                let borrow = orig.borrow;
                mem::forget(orig);
                Ok(RefMut { value, borrow, marker: PhantomData })
            }
            None => Err(orig),
        }
    }

    /// The borrows of two parts.
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&mut T) -> (&mut U, &mut V)>(
        mut orig: RefMut<'b, T>,
        f: F,
    ) -> (RefMut<'b, U>, RefMut<'b, V>) {
        let (a, b) = f(&mut *orig);
        let (a, b) = (NonNull::from(a), NonNull::from(b));
        let borrow = orig.borrow;
        borrow.set(borrow.get() - 1);
        mem::forget(orig);
        (RefMut { value: a, borrow, marker: PhantomData }, RefMut { value: b, borrow, marker: PhantomData })
    }

    /// Gives the borrow up for ever.
    #[unstable(feature = "cell_leak")]
    pub fn leak(orig: RefMut<'b, T>) -> &'b mut T {
        let value = orig.value;
        mem::forget(orig);
        unsafe { &mut *(value.pointer as *mut T) }
    }
}

impl<'b, T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<RefMut<'b, U>> for RefMut<'b, T> {}

impl<T: ?Sized + Display> Display for RefMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + Debug> Debug for RefMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
