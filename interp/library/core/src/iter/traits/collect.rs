//! From iterators and into them.

/// Collections made from an iterator.
pub trait FromIterator<A>: Sized {
    /// The collection of the items.
    fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self;
}

/// What `for` can loop over.
pub trait IntoIterator {
    /// The items.
    type Item;
    /// The iterator.
    type IntoIter: Iterator<Item = Self::Item>;

    /// The iterator.
    #[lang = "into_iter"]
    fn into_iter(self) -> Self::IntoIter;
}

impl<I: Iterator> IntoIterator for I {
    type Item = I::Item;
    type IntoIter = I;

    #[inline]
    fn into_iter(self) -> I {
        self
    }
}

/// Collections that take in the items of an iterator.
pub trait Extend<A> {
    /// Takes in all items.
    fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T);

    /// Takes in one item.
    #[unstable(feature = "extend_one")]
    fn extend_one(&mut self, item: A) {
        self.extend(Some(item));
    }

    /// Makes room for so many items.
    #[unstable(feature = "extend_one")]
    fn extend_reserve(&mut self, additional: usize) {
        let _ = additional;
    }
}

impl Extend<()> for () {
    fn extend<T: IntoIterator<Item = ()>>(&mut self, iter: T) {
        iter.into_iter().for_each(drop)
    }
    fn extend_one(&mut self, _item: ()) {}
}

macro_rules! tuples {
    ($($item:ident $collection:ident $x:ident $n:tt),+) => {
        impl<$($item,)+ $($collection: Extend<$item>),+> Extend<($($item,)+)> for ($($collection,)+) {
            fn extend<Iter: IntoIterator<Item = ($($item,)+)>>(&mut self, iter: Iter) {
                let mut iter = iter.into_iter();
                let (lower, _) = iter.size_hint();
                if lower > 0 {
                    $(self.$n.extend_reserve(lower);)+
                }
                while let Some(($($x,)+)) = iter.next() {
                    $(self.$n.extend_one($x);)+
                }
            }

            fn extend_one(&mut self, item: ($($item,)+)) {
                let ($($x,)+) = item;
                $(self.$n.extend_one($x);)+
            }
        }

        impl<$($item,)+ $($collection: Default + Extend<$item>),+> FromIterator<($($item,)+)> for ($($collection,)+) {
            fn from_iter<Iter: IntoIterator<Item = ($($item,)+)>>(iter: Iter) -> Self {
                let mut all = ($($collection::default(),)+);
                all.extend(iter);
                all
            }
        }
    };
}
tuples! { A EA a 0 }
tuples! { A EA a 0, B EB b 1 }
tuples! { A EA a 0, B EB b 1, C EC c 2 }
tuples! { A EA a 0, B EB b 1, C EC c 2, D ED d 3 }
