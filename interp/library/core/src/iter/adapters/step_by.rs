//! Every so-manyth item.

/// Every `step`-th item, from the first.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct StepBy<I> {
    iter: I,
    step_minus_one: usize,
    first_take: bool,
}

impl<I> StepBy<I> {
    #[track_caller]
    pub(in crate::iter) fn new(iter: I, step: usize) -> StepBy<I> {
        assert!(step != 0);
        StepBy { iter, step_minus_one: step - 1, first_take: true }
    }
}

impl<I: Iterator> Iterator for StepBy<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.first_take {
            self.first_take = false;
            self.iter.next()
        } else {
            self.iter.nth(self.step_minus_one)
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.iter.size_hint();
        let (step, first) = (self.step_minus_one, self.first_take);
        let count = |n: usize| {
            if !first {
                if step == usize::MAX { 0 } else { n / (step + 1) }
            } else if n == 0 {
                0
            } else if step == usize::MAX {
                1
            } else {
                1 + (n - 1) / (step + 1)
            }
        };
        (count(lower), upper.map(count))
    }
}

impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for StepBy<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        let len = self.iter.len();
        let over = if self.step_minus_one == usize::MAX { len } else { len % (self.step_minus_one + 1) };
        let n = if self.first_take { if over == 0 { self.step_minus_one } else { over - 1 } } else { over };
        self.iter.nth_back(n)
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for StepBy<I> {}
