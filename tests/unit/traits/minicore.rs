#![no_core]
#[lang = "sized"] pub trait Sized {}
#[lang = "unsize"] pub trait Unsize<T: ?Sized> {}
#[lang = "clone"] pub trait Clone: Sized { fn clone(&self) -> Self; }
#[lang = "copy"] pub trait Copy: Clone {}
#[lang = "send"] pub unsafe auto trait Send {}
#[lang = "sync"] pub unsafe auto trait Sync {}
#[lang = "freeze"] pub unsafe auto trait Freeze {}
#[lang = "drop"] pub trait Drop { fn drop(&mut self); }
#[lang = "tuple_trait"] pub trait Tuple {}
#[lang = "discriminant_kind"] pub trait DiscriminantKind { #[lang = "discriminant_type"] type Discriminant; }
#[lang = "pointee_trait"] pub trait Pointee { #[lang = "metadata_type"] type Metadata; }
#[lang = "dyn_metadata"] pub struct DynMetadata<T: ?Sized> { p: *const T }
#[lang = "fn_once"] #[rustc_paren_sugar] pub trait FnOnce<Args: Tuple> { #[lang = "fn_once_output"] type Output; extern "rust-call" fn call_once(self, args: Args) -> Self::Output; }
#[lang = "fn_mut"] #[rustc_paren_sugar] pub trait FnMut<Args: Tuple>: FnOnce<Args> { extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output; }
#[lang = "fn"] #[rustc_paren_sugar] pub trait Fn<Args: Tuple>: FnMut<Args> { extern "rust-call" fn call(&self, args: Args) -> Self::Output; }
#[lang = "coerce_unsized"] pub trait CoerceUnsized<T: ?Sized> {}
#[lang = "phantom_data"] pub struct PhantomData<T: ?Sized>;
#[lang = "future_trait"] pub trait Future { #[lang = "future_output"] type Output; }
#[lang = "deref"] pub trait Deref { #[lang = "deref_target"] type Target: ?Sized; fn deref(&self) -> &Self::Target; }
#[lang = "manually_drop"] pub struct ManuallyDrop<T: ?Sized> { value: T }
#[lang = "owned_box"] pub struct Box<T: ?Sized> { p: *const T }
impl<T: ?Sized> Deref for Box<T> { type Target = T; fn deref(&self) -> &T { loop {} } }
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Box<U>> for Box<T> {}
impl<'a, T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<&'a U> for &'a T {}
unsafe impl<T: Send + ?Sized> Send for Box<T> {}
impl<T: ?Sized> !Send for *const T {}
impl<T: ?Sized> !Send for *mut T {}
impl<T: ?Sized> !Sync for *const T {}
impl<T: ?Sized> !Sync for *mut T {}
unsafe impl<T: Sync + ?Sized> Send for &T {}
impl<T: ?Sized> Clone for &T { fn clone(&self) -> Self { loop {} } }
impl<T: ?Sized> Copy for &T {}
impl<T: Clone> Clone for Box<T> { fn clone(&self) -> Self { loop {} } }
impl<T: Clone, const N: usize> Clone for [T; N] { fn clone(&self) -> Self { loop {} } }
impl<T: Copy, const N: usize> Copy for [T; N] {}
macro_rules! ints { ($($t:ty)*) => { $( impl Clone for $t { fn clone(&self) -> Self { loop {} } } impl Copy for $t {} )* } }
ints! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize bool char }
pub enum Option<T> { None, Some(T) }
impl<T: Clone> Clone for Option<T> { fn clone(&self) -> Self { loop {} } }
impl<T: Copy> Copy for Option<T> {}
pub struct Vec<T> { p: *const T, len: usize }
unsafe impl<T: Send> Send for Vec<T> {}
unsafe impl<T: Sync> Sync for Vec<T> {}
impl<T: Clone> Clone for Vec<T> { fn clone(&self) -> Self { loop {} } }
impl<T> Drop for Vec<T> { fn drop(&mut self) {} }
pub struct Rc<T: ?Sized> { p: *const T }
impl<T: ?Sized> Clone for Rc<T> { fn clone(&self) -> Self { loop {} } }
pub struct String { v: Vec<u8> }
impl Clone for String { fn clone(&self) -> Self { loop {} } }
pub trait Iterator { type Item; fn next(&mut self) -> Option<Self::Item>; fn map<B, F: FnMut(Self::Item) -> B>(self, f: F) -> Map<Self, F> where Self: Sized { loop {} } }
pub struct Map<I, F> { i: I, f: F }
impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for Map<I, F> { type Item = B; fn next(&mut self) -> Option<B> { loop {} } }
impl<I: Iterator + ?Sized> Iterator for &mut I { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { loop {} } }
impl<I: Iterator + ?Sized> Iterator for Box<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { loop {} } }
pub trait IntoIterator { type Item; type IntoIter: Iterator<Item = Self::Item>; fn into_iter(self) -> Self::IntoIter; }
impl<I: Iterator> IntoIterator for I { type Item = I::Item; type IntoIter = I; fn into_iter(self) -> I { loop {} } }
pub struct VecIter<T> { v: Vec<T> }
impl<T> Iterator for VecIter<T> { type Item = T; fn next(&mut self) -> Option<T> { loop {} } }
impl<T> IntoIterator for Vec<T> { type Item = T; type IntoIter = VecIter<T>; fn into_iter(self) -> VecIter<T> { loop {} } }
pub struct Range<T> { start: T, end: T }
pub trait Step: Clone {}
impl Step for u32 {}
impl Step for usize {}
impl<A: Step> Iterator for Range<A> { type Item = A; fn next(&mut self) -> Option<A> { loop {} } }
pub trait From<T>: Sized { fn from(t: T) -> Self; }
pub trait Into<T>: Sized { fn into(self) -> T; }
impl<T, U: From<T>> Into<U> for T { fn into(self) -> U { loop {} } }
impl<T> From<T> for T { fn from(t: T) -> T { loop {} } }
impl From<&str> for String { fn from(t: &str) -> String { loop {} } }
pub trait Add<Rhs = Self> { type Output; fn add(self, rhs: Rhs) -> Self::Output; }
impl Add for u32 { type Output = u32; fn add(self, o: u32) -> u32 { loop {} } }
impl Add<&u32> for u32 { type Output = u32; fn add(self, o: &u32) -> u32 { loop {} } }
impl Add for u8 { type Output = u8; fn add(self, o: u8) -> u8 { loop {} } }
pub trait Debug { fn fmt(&self); }
impl Debug for u32 { fn fmt(&self) {} }
impl Debug for str { fn fmt(&self) {} }
impl<T: Debug + ?Sized> Debug for &T { fn fmt(&self) {} }
impl<T: Debug> Debug for Vec<T> { fn fmt(&self) {} }
pub trait PartialEq<Rhs: ?Sized = Self> { fn eq(&self, o: &Rhs) -> bool; }
impl PartialEq for u32 { fn eq(&self, o: &u32) -> bool { loop {} } }
impl PartialEq for str { fn eq(&self, o: &str) -> bool { loop {} } }
impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<&B> for &A { fn eq(&self, o: &&B) -> bool { loop {} } }
impl<T: PartialEq<U>, U> PartialEq<Vec<U>> for Vec<T> { fn eq(&self, o: &Vec<U>) -> bool { loop {} } }
