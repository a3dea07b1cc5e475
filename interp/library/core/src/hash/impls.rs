//! `Hash` of the primitive types, references, slices and tuples.

use super::{Hash, Hasher};
use crate::intrinsics;
use crate::ptr::{self, Pointee};
use crate::slice;

macro_rules! hash_integers {
    ($($t:ident $method:ident;)*) => {$(
        impl Hash for $t {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                state.$method(*self)
            }

            fn hash_slice<H: Hasher>(data: &[$t], state: &mut H) {
                let bytes = data.len() * intrinsics::size_of::<$t>();
                state.write(unsafe { slice::from_raw_parts(data.as_ptr() as *const u8, bytes) })
            }
        }
    )*};
}
hash_integers! {
    u8 write_u8; u16 write_u16; u32 write_u32; u64 write_u64; usize write_usize; u128 write_u128;
    i8 write_i8; i16 write_i16; i32 write_i32; i64 write_i64; isize write_isize; i128 write_i128;
}

impl Hash for bool {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u8(*self as u8)
    }
}

impl Hash for char {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(*self as u32)
    }
}

impl Hash for str {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_str(self);
    }
}

impl Hash for ! {
    fn hash<H: Hasher>(&self, _: &mut H) {
        *self
    }
}

impl Hash for () {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

impl<T: Hash> Hash for [T] {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_length_prefix(self.len());
        Hash::hash_slice(self, state)
    }
}

impl<T: ?Sized + Hash> Hash for &T {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: ?Sized + Hash> Hash for &mut T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: ?Sized> Hash for *const T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize((*self as *const ()).addr());
        if intrinsics::size_of::<<T as Pointee>::Metadata>() != 0 {
            ptr::metadata(*self).hash(state);
        }
    }
}

impl<T: ?Sized> Hash for *mut T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (*self as *const T).hash(state);
    }
}

macro_rules! hash_tuple {
    ($($T:ident $n:tt)+) => {
        impl<$($T: Hash),+> Hash for ($($T,)+) {
            #[inline]
            fn hash<HH: Hasher>(&self, state: &mut HH) {
                $(self.$n.hash(state);)+
            }
        }
    };
}
hash_tuple! { A 0 }
hash_tuple! { A 0 B 1 }
hash_tuple! { A 0 B 1 C 2 }
hash_tuple! { A 0 B 1 C 2 D 3 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 }
hash_tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 }
