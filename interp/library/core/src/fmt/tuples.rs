//! `Debug` of tuples of up to twelve fields.

use super::{Debug, Formatter, Result};

macro_rules! tuple_debug {
    ($($T:ident $n:tt)+) => {
        impl<$($T: Debug),+> Debug for ($($T,)+) {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let mut builder = f.debug_tuple("");
                $(builder.field(&self.$n);)+
                builder.finish()
            }
        }
    };
}
tuple_debug! { A 0 }
tuple_debug! { A 0 B 1 }
tuple_debug! { A 0 B 1 C 2 }
tuple_debug! { A 0 B 1 C 2 D 3 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 }
tuple_debug! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 }
