## notice

notice-title = Please read this first
notice-choose = How do you log in?
notice-lead = Please read the following.
notice-terms = Notice
notice-agree = I agree
notice-methods = Choose how you log in.
notice-continue = Next
